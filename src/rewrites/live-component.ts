import type { CallExpr, Expr } from '../elixir/ast.ts';
import { moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { codeOf } from '../templates/expressions.ts';
import type { CodeNode, TemplateNode } from '../templates/model.ts';
import { everyNode } from '../templates/walk.ts';
import { attributeText, isAttributeName } from './component-tag.ts';
import { isCallOf, lastName } from './names.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type TemplateSite, templatesOf } from './sites.ts';

const names: ReadonlySet<string> = new Set(['live_component', 'live_file_input', 'live_img_preview']);

/** Calls of `live_component` and its kind, which LiveView 1.0 has as components only, become tags. */
export function rewriteLiveComponents(file: RewriteFile): RewriteResult {
  const places = templatesOf(file).flatMap((site) =>
    everyNode(site.template.nodes).flatMap((node) => placeOf(node, site)),
  );
  return { places, besides: [] };
}

function placeOf(node: TemplateNode, site: TemplateSite): Place[] {
  const code = node.kind === 'block' ? node.clauses[0]?.head : node.kind === 'code' ? node : undefined;
  const call = code && callIn(code, site);
  if (!code || !call) return [];
  const at = site.offset + node.range.start;
  if (node.kind === 'block')
    return [{ at, reason: 'its block gets arguments of its own: write <.live_component …> with :let' }];
  if (!site.template.dialect.heex) return [{ at, reason: 'only HEEx has components: make it a .heex template first' }];
  const tag = tagOf(
    call.expr,
    (expr) => site.template.text.slice(call.offset + expr.range.start, call.offset + expr.range.end),
    site,
  );
  if (tag === null) return [{ at, reason: 'its options are not written out' }];
  return [{ at, changes: [replacing(node.range, site.offset, tag)] }];
}

function callIn(code: CodeNode, site: TemplateSite): { readonly expr: CallExpr; readonly offset: number } | undefined {
  const { body, offset } = codeOf(site.template.text, code);
  const [expr] = body;
  const isCall = body.length === 1 && expr !== undefined && isCallOf(expr, 'Phoenix.LiveView.Helpers', names, site);
  return isCall ? { expr, offset } : undefined;
}

function tagOf(call: CallExpr, sourceOf: (expr: Expr) => string, { aliases }: TemplateSite): string | null {
  const name = lastName(call);
  const [subject, options, more] = argumentsOf(call, aliases);
  if (subject === undefined || more !== undefined) return null;
  const pairs = options === undefined ? [] : keywordPairs(options);
  if (pairs === null || pairs.some((pair) => !isAttributeName(pair.name))) return null;
  const first = { live_component: 'module', live_file_input: 'upload', live_img_preview: 'entry' }[name] ?? '';
  const attributes = [
    `${first}={${sourceOf(subject)}}`,
    ...pairs.map(({ name: key, value }) => attributeText({ name: key, value, source: sourceOf(value) })),
  ];
  return `<.${name} ${attributes.join(' ')} />`;
}

/** Without the socket that LiveView once wanted first: `live_component @socket, Shop.Cart, id: 1`. */
function argumentsOf({ args }: CallExpr, aliases: TemplateSite['aliases']): readonly Expr[] {
  const [first, second] = args;
  const isSocket =
    first?.kind === 'unary' && first.operator === '@' && second && moduleName(second, aliases) !== undefined;
  return isSocket ? args.slice(1) : args;
}
