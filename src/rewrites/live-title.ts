import { keywordPairs } from '../elixir/options.ts';
import { everyNode } from '../templates/walk.ts';
import { componentRefusal } from './component-scope.ts';
import { attributeText } from './component-tag.ts';
import { isCallOf } from './names.ts';
import type { FileScope, LiveTitleTask } from './operation.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type TemplateSite, templatesOf } from './sites.ts';
import { contentText, type TagCall, tagCall } from './tag-call.ts';

const names: ReadonlySet<string> = new Set(['live_title_tag']);
/** What the helper takes, and the component under the same names: https://hexdocs.pm/phoenix_live_view/Phoenix.Component.html#live_title/1 */
const options: ReadonlySet<string> = new Set(['prefix', 'suffix']);

/** Calls of `live_title_tag` that are all an EEx tag prints become `<.live_title>`, which LiveView has since 0.18. */
export function rewriteLiveTitle(file: RewriteFile, { scope }: LiveTitleTask): RewriteResult {
  return { places: templatesOf(file).flatMap((site) => placesIn(site, file, scope)), besides: [] };
}

function placesIn(site: TemplateSite, file: RewriteFile, scope: FileScope): Place[] {
  const found = everyNode(site.template.nodes).flatMap((node) => {
    const tag = tagCall(node, site);
    return tag && isCallOf(tag.call, 'Phoenix.LiveView.Helpers', names, site) ? [tag] : [];
  });
  if (found.length === 0) return [];
  const reason = componentRefusal('live_title', site, file, scope);
  return found.map((tag): Place => {
    const at = tag.offset + tag.call.range.start;
    if (reason !== null) return { at, reason };
    const text = titleTag(tag);
    return text === null
      ? { at, reason: 'its options are not written out' }
      : { at, changes: [replacing(tag.head.range, site.offset, text)] };
  });
}

function titleTag({ args, block, sourceOf }: TagCall): string | null {
  const [title, given, more] = args;
  const pairs = given === undefined ? [] : keywordPairs(given);
  if (title === undefined || more !== undefined || block !== null) return null;
  if (pairs === null || !pairs.every(({ name }) => options.has(name))) return null;
  const attributes = pairs.map(({ name, value }) => ` ${attributeText({ name, value, source: sourceOf(value) })}`);
  return `<.live_title${attributes.join('')}>${contentText(title, sourceOf(title))}</.live_title>`;
}
