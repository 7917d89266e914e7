import type { Expr, PairExpr } from '../elixir/ast.ts';
import { keywordPairs } from '../elixir/options.ts';
import { plainText } from '../elixir/plain-text.ts';
import { passesOn } from './global-attributes.ts';

/** An attribute of a component that is to be written. */
export interface TagAttribute {
  readonly name: string;
  readonly value: Expr;
  /** The value's source. */
  readonly source: string;
}

/** `name="text"` or `name={code}`. */
export function attributeText({ name, value, source }: TagAttribute): string {
  const text = plainText(value);
  const simple = value.kind === 'string' && !value.heredoc && text !== null && !/["\\{}<>\n&]/.test(text);
  return simple ? `${name}="${text}"` : `${name}={${source}}`;
}

/** Whether a keyword can be an attribute's name. */
export function isAttributeName(name: string): boolean {
  return /^[a-z_][\w-]*$/i.test(name);
}

/**
 * The attributes that options of a helper for tags stand for: `data: [confirm: "Sure?"]` is `data-confirm`, `phx_click:` is
 * `phx-click`. `besides` names what the component passes on apart from global attributes.
 */
export function tagAttributes(
  pairs: readonly PairExpr[],
  sourceOf: (expr: Expr) => string,
  besides: ReadonlySet<string>,
): readonly string[] | { readonly reason: string } {
  const all: string[] = [];
  for (const pair of pairs) {
    const own = pairAttributes(pair, '', sourceOf, besides);
    if ('reason' in own) return own;
    all.push(...own);
  }
  return all;
}

type Attributes = readonly string[] | { readonly reason: string };

function pairAttributes(
  pair: PairExpr,
  prefix: string,
  sourceOf: (expr: Expr) => string,
  besides: ReadonlySet<string>,
): Attributes {
  const { value } = pair;
  const key = nameOf(pair);
  if (key === null) return { reason: 'the name of an option is not written out' };
  const name = prefix + key;
  if (value.kind === 'atom' && /^(?:false|nil)$/.test(value.name)) return [];
  const inner = keywordPairs(value);
  if (inner !== null && (prefix !== '' || /^(?:data|aria|phx)$/.test(name))) {
    const parts = inner.map((one) => pairAttributes(one, `${name}-`, sourceOf, besides));
    return parts.find((part) => 'reason' in part) ?? parts.flatMap((part) => ('reason' in part ? [] : part));
  }
  if (prefix === '' && /^(?:data|aria|phx)$/.test(name)) return { reason: `${name}: is not written out` };
  if (!passesOn(name, besides)) return { reason: `the component does not pass ${name} on` };
  // `as:` of a form is an atom to the component as well.
  if (value.kind === 'atom' && value.quoted === null && value.name !== 'true' && name !== 'as')
    return [`${name}="${value.name}"`];
  return [attributeText({ name, value, source: sourceOf(value) })];
}

/** Helpers write `data_id:` as `data-id`, and names in quotes as they are. */
function nameOf({ name, quoted }: PairExpr): string | null {
  if (quoted === null) return isAttributeName(name) ? name.replaceAll('_', '-') : null;
  const [only, more] = quoted.parts;
  return typeof only === 'string' && more === undefined && /^[a-z][\w:.-]*$/i.test(only) ? only : null;
}
