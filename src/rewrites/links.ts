import type { CallExpr, Expr, PairExpr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import type { TextChange } from '../elixir/edited.ts';
import { moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { plainText } from '../elixir/plain-text.ts';
import { everyNode } from '../templates/walk.ts';
import { componentRefusal } from './component-scope.ts';
import { attributeText, tagAttributes } from './component-tag.ts';
import { lastName } from './names.ts';
import type { LinksTask } from './operation.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf, type TemplateSite, templatesOf } from './sites.ts';
import { contentText, isPlainBlock, splitOptions, type TagCall, tagCall } from './tag-call.ts';

/** A helper that prints a link, and how `<.link>` says the same. */
interface LinkHelper {
  readonly to: 'href' | 'patch' | 'navigate';
  /** What the helper does where `method:` is not given. */
  readonly method: 'get' | 'post';
  readonly modules: readonly string[];
}

const tags = ['Phoenix.HTML.Link', 'PhoenixHTMLHelpers.Link'];
const live = ['Phoenix.LiveView.Helpers', 'Phoenix.Component'];
const helpers: ReadonlyMap<string, LinkHelper> = new Map([
  ['link', { to: 'href', method: 'get', modules: tags }],
  ['button', { to: 'href', method: 'post', modules: tags }],
  ['live_patch', { to: 'patch', method: 'get', modules: live }],
  ['live_redirect', { to: 'navigate', method: 'get', modules: live }],
]);

/** What `<.link>` takes apart from global attributes. */
const besides: ReadonlySet<string> = new Set(['download', 'hreflang', 'referrerpolicy', 'rel', 'target', 'type']);

/** Calls of `link` and its kind that are all an EEx tag prints become `<.link>`. */
export function rewriteLinks(file: RewriteFile, task: LinksTask): RewriteResult {
  const places = templatesOf(file).flatMap((site) => templatePlaces(site, file, task));
  const known = new Set(places.map(({ at }) => at));
  const others = sitesOf(file)
    .flatMap((site) => otherPlaces(site, task))
    .filter(({ at }) => !known.has(at));
  return { places: [...places, ...others], besides: [] };
}

function templatePlaces(site: TemplateSite, file: RewriteFile, task: LinksTask): Place[] {
  const found = everyNode(site.template.nodes).flatMap((node) => {
    const tag = tagCall(node, site);
    return tag && helperOf(tag.call, tag.args, site, task) ? [tag] : [];
  });
  if (found.length === 0) return [];
  const reason = componentRefusal('link', site, file, task.scope);
  return found.map((tag): Place => {
    const at = tag.offset + tag.call.range.start;
    if (reason !== null) return { at, reason };
    const changes = linkChanges(tag, site);
    return 'reason' in changes ? { at, ...changes } : { at, changes };
  });
}

/** `link("Edit", to: path)` and `link(to: path) do`, as far as the call itself tells. */
function helperOf(
  call: CallExpr,
  args: readonly Expr[],
  site: Pick<Site, 'own' | 'aliases'>,
  task: LinksTask,
): LinkHelper | null {
  const name = lastName(call);
  const helper = task.helpers.includes(name) ? helpers.get(name) : undefined;
  if (helper === undefined || args.length + (call.block ? 1 : 0) > 2) return null;
  if (call.target.kind === 'identifier' && site.own.has(name)) return null;
  if (call.target.kind === 'dot' && !helper.modules.includes(moduleName(call.target.left, site.aliases) ?? ''))
    return null;
  return helper;
}

/** The tag and, for a block, its end; between them stays what stands there. */
function linkChanges(
  { call, args, head, block, sourceOf }: TagCall,
  { offset }: TemplateSite,
): TextChange[] | { reason: string } {
  const helper = helpers.get(lastName(call));
  const split = splitOptions(args.at(-1));
  const text = block || split?.content ? split?.content : args[0];
  if (!helper || !split || (args.length === 2) === (block !== null || split.content !== undefined))
    return { reason: 'its options are not written out' };
  const attributes = linkAttributes(split.pairs, helper, sourceOf);
  if ('reason' in attributes) return attributes;
  const open = `<.link ${attributes.join(' ')}>`;
  if (block) {
    if (!isPlainBlock(block) || !block.end) return { reason: 'its block has several parts' };
    return [replacing(head.range, offset, open), replacing(block.end.range, offset, '</.link>')];
  }
  if (text === undefined) return { reason: 'its text is not written out' };
  return [replacing(head.range, offset, `${open}${contentText(text, sourceOf(text))}</.link>`)];
}

function linkAttributes(
  pairs: readonly PairExpr[],
  helper: LinkHelper,
  sourceOf: (expr: Expr) => string,
): readonly string[] | { reason: string } {
  const to = pairs.find(({ name }) => name === 'to');
  if (to === undefined) return { reason: 'it has no to: that is written out' };
  const method = methodText(pairs.find(({ name }) => name === 'method')?.value, helper);
  if (method === null) return { reason: 'its method is not written out' };
  const named = pairs.filter(({ name }) => name === 'replace' || name === 'csrf_token');
  const rest = pairs.filter((pair) => pair !== to && pair.name !== 'method' && !named.includes(pair));
  const attributes = tagAttributes(rest, sourceOf, besides);
  if ('reason' in attributes) return attributes;
  const text = ({ name, value }: PairExpr, as = name) => attributeText({ name: as, value, source: sourceOf(value) });
  return [
    text(to, helper.to),
    ...(method === '' ? [] : [`method="${method}"`]),
    ...named.map((pair) => text(pair)),
    ...attributes,
  ];
}

/** The method that is not `get`; null where it does not show. */
function methodText(value: Expr | undefined, { method }: LinkHelper): string | null {
  const given = value === undefined ? method : value.kind === 'atom' ? value.name : plainText(value);
  return given === 'get' ? '' : given;
}

/** Calls that no tag can take the place of. */
function otherPlaces(site: Site, task: LinksTask): Place[] {
  return everyExpr(site.body).flatMap((expr): Place[] => {
    if (expr.kind !== 'call' || !helperOf(expr, expr.args, site, task)) return [];
    const options = keywordPairs(expr.args.at(-1)) ?? [];
    if (!options.some(({ name }) => name === 'to')) return [];
    const reason = site.inTemplate ? 'it stands inside another expression' : 'it is called outside of templates';
    return [{ at: expr.range.start + site.offset, reason }];
  });
}
