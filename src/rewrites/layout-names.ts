import type { Expr, PairExpr } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { plainText } from '../elixir/plain-text.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf } from './sites.ts';

/** `layout: {LayoutView, "live.html"}` of a LiveView names the same layout as `layout: {LayoutView, :live}`. */
export function rewriteLayoutNames(file: RewriteFile): RewriteResult {
  return { places: sitesOf(file).flatMap((site) => site.body.flatMap((expr) => layoutsIn(expr, site))), besides: [] };
}

function layoutsIn(expr: Expr, site: Site): Place[] {
  const own = layoutOptions(expr, site).flatMap((pair) => layoutPlace(pair, site));
  return [...own, ...childrenOf(expr).flatMap((child) => layoutsIn(child, site))];
}

/** The `layout:` options of an expression that says what a LiveView's layout is. */
export function layoutOptions(expr: Expr, { aliases }: Pick<Site, 'aliases'>): readonly PairExpr[] {
  const options = liveOptions(expr, aliases);
  return (keywordPairs(options) ?? []).filter(({ name, value }) => name === 'layout' && isNamedByString(value));
}

/** `use Phoenix.LiveView, …`, `live_session :name, …`, `{:ok, socket, …}` of a mount. */
function liveOptions(expr: Expr, aliases: Site['aliases']): Expr | undefined {
  if (expr.kind === 'tuple') {
    const [ok, , options] = expr.items;
    return ok?.kind === 'atom' && ok.name === 'ok' ? options : undefined;
  }
  if (expr.kind !== 'call') return undefined;
  const [first, options] = expr.args;
  const isUse = callName(expr) === 'use' && first && moduleName(first, aliases) === 'Phoenix.LiveView';
  return isUse || callName(expr) === 'live_session' ? options : undefined;
}

function isNamedByString(layout: Expr): boolean {
  return layout.kind === 'tuple' && layout.items.length === 2 && layout.items[1]?.kind === 'string';
}

function layoutPlace({ value }: PairExpr, { offset }: Site): Place[] {
  const name = value.kind === 'tuple' ? value.items[1] : undefined;
  if (name === undefined) return [];
  const at = value.range.start + offset;
  const [, template] = /^([^"]+)\.html$/.exec(plainText(name) ?? '') ?? [];
  if (template === undefined) return [{ at, reason: 'the name of the layout is not written out as "name.html"' }];
  const atom = /^[a-z_][a-zA-Z0-9_]*$/.test(template) ? `:${template}` : `:"${template}"`;
  return [{ at, changes: [replacing(name.range, offset, atom)] }];
}
