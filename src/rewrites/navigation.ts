import type { CallExpr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { isCallOf } from './names.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf } from './sites.ts';

const redirects: ReadonlySet<string> = new Set(['push_redirect']);
const flashes: ReadonlySet<string> = new Set(['live_flash']);

/** `push_redirect` and `live_flash` under the names that they have since LiveView 0.18; their arguments stay the same. */
export function rewriteNavigation(file: RewriteFile): RewriteResult {
  const places = sitesOf(file).flatMap((site) =>
    everyExpr(site.body).flatMap((expr) => (expr.kind === 'call' ? placeOf(expr, site) : [])),
  );
  return { places, besides: [] };
}

function placeOf(call: CallExpr, site: Site): Place[] {
  const at = call.range.start + site.offset;
  const { start, end } = call.target.range;
  if (isCallOf(call, 'Phoenix.LiveView', redirects, site)) {
    if (/\bonly:[^\]]*\bpush_redirect:/.test(site.text)) return [{ at, reason: 'it is imported by its name' }];
    const range = { start: end - 'push_redirect'.length, end };
    return [{ at, changes: [replacing(range, site.offset, 'push_navigate')] }];
  }
  const isFlash = ['Phoenix.LiveView.Helpers', 'Phoenix.Component'].some((one) => isCallOf(call, one, flashes, site));
  return isFlash ? [{ at, changes: [replacing({ start, end }, site.offset, 'Phoenix.Flash.get')] }] : [];
}
