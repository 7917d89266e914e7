import type { CallExpr, Expr } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { callName, moduleName } from '../elixir/module.ts';
import { indentAt } from '../elixir/position.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf } from './sites.ts';

const moved = /^Phoenix\.HTML\.(Tag|Link|Format)$/;
/** What phoenix_html 4 kept in two modules: what mentions none of it needs no import of these. */
const kept = /\b(?:raw|html_escape|safe_to_string|attributes_escape|javascript_escape|css_escape)\b|~[eE]/;
const keptOfForms =
  /\b(?:input_value|input_name|input_id|input_validations|options_for_select|normalize_value|humanize)\b/;

/** `use Phoenix.HTML` becomes the imports of what phoenix_html 4 kept, and `use PhoenixHTMLHelpers` for the rest. */
export function rewriteHtmlHelpers(file: RewriteFile): RewriteResult {
  const places = sitesOf(file).flatMap((site) => site.body.flatMap((expr) => placesIn(expr, site, false)));
  return { places, besides: [] };
}

function placesIn(expr: Expr, site: Site, quoted: boolean): Place[] {
  const at = expr.range.start + site.offset;
  if (callName(expr) === 'use' && expr.kind === 'call' && names(expr, 'Phoenix.HTML', site)) {
    const lines = quoted ? allLines : neededLines(site.text);
    const text = lines.join(`\n${indentAt(site.text, at)}`);
    return [{ at, changes: [replacing(expr.range, site.offset, text)] }];
  }
  if (expr.kind === 'alias' && moved.test(expr.name)) {
    return [
      { at, changes: [replacing(expr.range, site.offset, expr.name.replace('Phoenix.HTML', 'PhoenixHTMLHelpers'))] },
    ];
  }
  if (isGroup(expr)) return [{ at, reason: 'write the modules of this group one by one' }];
  const inQuote = quoted || callName(expr) === 'quote';
  return childrenOf(expr).flatMap((child) => placesIn(child, site, inQuote));
}

function names(call: CallExpr, module: string, { aliases }: Site): boolean {
  const [first, options] = call.args;
  return options === undefined && first !== undefined && moduleName(first, aliases) === module;
}

/** `Phoenix.HTML.{Link, Tag}` */
function isGroup(expr: Expr): boolean {
  if (expr.kind !== 'dot' || !expr.group || expr.left.kind !== 'alias') return false;
  const { name } = expr.left;
  return expr.group.some((one) => one.kind === 'alias' && moved.test(`${name}.${one.name}`));
}

const allLines = ['import Phoenix.HTML', 'import Phoenix.HTML.Form', 'use PhoenixHTMLHelpers'];

/** A module of its own is told of imports that it does not use. */
function neededLines(text: string): string[] {
  const [html, form, helpers] = allLines;
  return [...(kept.test(text) ? [html] : []), ...(keptOfForms.test(text) ? [form] : []), helpers].flatMap(
    (line) => line ?? [],
  );
}
