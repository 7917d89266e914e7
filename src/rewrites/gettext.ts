import type { CallExpr, Expr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { sourceOf } from './expressions.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf } from './sites.ts';

/** Whether a name is that of a macro of Gettext backends, which `use Gettext` brings since 0.26. */
export function isGettextMacro(name: string): boolean {
  return /^(?:d?p?n?gettext(?:_noop)?|gettext_comment)$/.test(name);
}

/**
 * A backend says `use Gettext.Backend`, and whoever imported or required it says `use Gettext, backend: …` and calls the
 * macros without the backend's name.
 */
export function rewriteGettext(file: RewriteFile, backends: readonly string[]): RewriteResult {
  const known = new Set(backends);
  return { places: sitesOf(file).flatMap((site) => placesIn(site, known)), besides: [] };
}

function placesIn(site: Site, backends: ReadonlySet<string>): Place[] {
  const exprs = everyExpr(site.body);
  const directives = exprs.flatMap((expr) => (expr.kind === 'call' ? directive(expr, site, backends, exprs) : []));
  return [...directives, ...exprs.flatMap((expr) => remote(expr, site, backends))];
}

function directive(call: CallExpr, site: Site, backends: ReadonlySet<string>, exprs: readonly Expr[]): Place[] {
  const name = callName(call) ?? '';
  const [target, options] = call.args;
  const module = target && moduleName(target, site.aliases);
  if (target === undefined || module === undefined) return [];
  const at = call.range.start + site.offset;
  if (name === 'use' && module === 'Gettext' && isBackend(options)) {
    return [{ at, changes: [replacing(target.range, site.offset, 'Gettext.Backend')] }];
  }
  if (!backends.has(module) || (name !== 'import' && name !== 'require')) return [];
  // A require of a backend that is only asked for its locale brings no macros.
  if (name === 'require' && !exprs.some((expr) => remote(expr, site, backends).length > 0)) return [];
  return [{ at, changes: [replacing(call.range, site.offset, `use Gettext, backend: ${sourceOf(site, target)}`)] }];
}

function isBackend(options: Expr | undefined): boolean {
  const names = (keywordPairs(options) ?? []).map(({ name }) => name);
  return names.includes('otp_app') && !names.includes('backend');
}

/** `ShopWeb.Gettext.gettext("Hello")` */
function remote(expr: Expr, { aliases, own, offset }: Site, backends: ReadonlySet<string>): Place[] {
  if (expr.kind !== 'call' || expr.target.kind !== 'dot') return [];
  const { left, right } = expr.target;
  const module = moduleName(left, aliases);
  if (module === undefined || !backends.has(module) || right === null || !isGettextMacro(right)) return [];
  const at = expr.range.start + offset;
  if (own.has(right)) return [{ at, reason: `the module has a ${right} of its own` }];
  return [{ at, changes: [replacing(expr.target.range, offset, right)] }];
}
