import type { Expr, Range } from './ast.ts';
import { childrenOf } from './children.ts';
import { withChanges } from './edited.ts';
import { parse } from './parse.ts';

/** Keys whose value every run of the generator makes anew. */
export const secretKeys: ReadonlySet<string> = new Set(['secret_key_base', 'signing_salt']);

/** A literal secret of an Elixir file. */
interface Secret {
  /** The calls and keys around it, `config.shop.ShopWeb.Endpoint.live_view.signing_salt`: the same in every layout. */
  readonly place: string;
  readonly key: string;
  /** The string with its quotes. */
  readonly range: Range;
  readonly text: string;
}

/** Elixir source with each literal secret as `given` has it, its quotes included; undefined leaves the one that is there. */
export function withSecrets(text: string, given: (secret: Secret) => string | undefined): string {
  const changes = secretsOf(text).flatMap((secret) => {
    const value = given(secret);
    return value === undefined ? [] : [{ ...secret.range, text: value }];
  });
  return withChanges(text, changes);
}

/** The secrets that files have already, for `withSecrets`: by their place, else where the files have one of that key alone. */
export function secretsFrom(texts: readonly string[]): (secret: Secret) => string | undefined {
  const own = texts.flatMap(secretsOf);
  return ({ place, key }) => {
    const same = own.find((one) => one.place === place);
    const [only, another] = own.filter((one) => one.key === key);
    return same?.text ?? (another ? undefined : only?.text);
  };
}

function secretsOf(text: string): Secret[] {
  if (![...secretKeys].some((key) => text.includes(key))) return [];
  return parse(text).body.flatMap((expr) => secretsIn(expr, [], text));
}

function secretsIn(expr: Expr, around: readonly string[], text: string): Secret[] {
  if (expr.kind === 'pair' && secretKeys.has(expr.name) && expr.value.kind === 'string') {
    const { range } = expr.value;
    const place = [...around, expr.name].join('.');
    return [{ place, key: expr.name, range, text: text.slice(range.start, range.end) }];
  }
  return childrenOf(expr).flatMap((child) => secretsIn(child, [...around, ...namesOf(expr)], text));
}

/** What a place is called by: a call with its leading names, or a key. */
function namesOf(expr: Expr): string[] {
  if (expr.kind === 'pair') return [expr.name];
  if (expr.kind !== 'call') return [];
  const name = expr.target.kind === 'identifier' ? [expr.target.name] : [];
  return [...name, ...expr.args.flatMap((arg) => (arg.kind === 'atom' || arg.kind === 'alias' ? [arg.name] : []))];
}
