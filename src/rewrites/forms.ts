import type { Expr, PairExpr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import type { TextChange } from '../elixir/edited.ts';
import { callName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { plainText } from '../elixir/plain-text.ts';
import { everyNode } from '../templates/walk.ts';
import { componentRefusal } from './component-scope.ts';
import { attributeText, tagAttributes } from './component-tag.ts';
import { lastName } from './names.ts';
import type { FormsTask } from './operation.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { sitesOf, type TemplateSite, templatesOf } from './sites.ts';
import { isPlainBlock, type TagCall, tagCall } from './tag-call.ts';

/** What `<.form>` takes apart from global attributes. */
const besides: ReadonlySet<string> = new Set([
  ...['as', 'method', 'multipart', 'errors', 'csrf_token'],
  ...['autocomplete', 'name', 'rel', 'enctype', 'novalidate', 'target'],
]);

/** `<%= form_for @changeset, path, fn f -> %> … <% end %>` becomes `<.form :let={f} for={@changeset} action={path}> … </.form>`. */
export function rewriteForms(file: RewriteFile, task: FormsTask): RewriteResult {
  const places = templatesOf(file).flatMap((site) => templatePlaces(site, file, task));
  const known = new Set(places.map(({ at }) => at));
  const others = sitesOf(file).flatMap(({ body, offset, own }) =>
    everyExpr(body).flatMap((expr): Place[] => {
      const at = expr.range.start + offset;
      const isForm = callName(expr) === 'form_for' && !own.has('form_for') && !known.has(at);
      return isForm ? [{ at, reason: 'it is no block of a template' }] : [];
    }),
  );
  return { places: [...places, ...others], besides: [] };
}

function templatePlaces(site: TemplateSite, file: RewriteFile, { scope, refusal }: FormsTask): Place[] {
  if (site.own.has('form_for')) return [];
  const found = everyNode(site.template.nodes).flatMap((node) => {
    const tag = node.kind === 'block' ? tagCall(node, site) : null;
    return tag && lastName(tag.call) === 'form_for' ? [tag] : [];
  });
  if (found.length === 0) return [];
  const reason = componentRefusal('form', site, file, scope) ?? refusal;
  return found.map((tag): Place => {
    const at = tag.offset + tag.call.range.start;
    const changes = reason === null ? formChanges(tag, site) : { reason };
    return 'reason' in changes ? { at, ...changes } : { at, changes };
  });
}

/** The tag and its end; between them stays what stands there. */
function formChanges(
  { args, head, block, sourceOf }: TagCall,
  { offset }: TemplateSite,
): TextChange[] | { reason: string } {
  const body = args.at(-1);
  const [clause, other] = body?.kind === 'fn' ? body.clauses : [];
  if (!block || !isPlainBlock(block) || !block.end || clause?.kind !== 'clause' || other)
    return { reason: 'its block is no function of one part' };
  const [name, more] = clause.args;
  if (name === undefined || more || clause.guard) return { reason: 'its function takes not one argument' };
  const [data, action, options, rest] = args.slice(0, -1);
  if (data === undefined || action === undefined || rest) return { reason: 'its arguments are not written out' };
  const attributes = formAttributes(data, action, options, sourceOf);
  if ('reason' in attributes) return attributes;
  const open = `<.form :let={${sourceOf(name)}} ${attributes.join(' ')}>`;
  return [replacing(head.range, offset, open), replacing(block.end.range, offset, '</.form>')];
}

/** The attributes of `<.form>` that say what the arguments of `form_for` do. */
export function formAttributes(
  data: Expr,
  action: Expr,
  options: Expr | undefined,
  sourceOf: (expr: Expr) => string,
): readonly string[] | { reason: string } {
  const pairs = options === undefined ? [] : keywordPairs(options);
  if (pairs === null) return { reason: 'its options are not written out' };
  const method = pairs.find(({ name }) => name === 'method')?.value;
  if (method && method.kind !== 'atom' && plainText(method) === null)
    return { reason: 'its method is not written out' };
  // Without an attribute a token is made.
  const tokens = pairs.filter(({ name }) => name === 'csrf_token');
  const attributes = tagAttributes(
    pairs.filter((pair) => !tokens.includes(pair)),
    sourceOf,
    besides,
  );
  if ('reason' in attributes) return attributes;
  const text = ({ name, value }: Pick<PairExpr, 'name' | 'value'>) =>
    attributeText({ name, value, source: sourceOf(value) });
  return [`for={${sourceOf(data)}}`, text({ name: 'action', value: action }), ...attributes, ...tokens.map(text)];
}
