import type { CallExpr, Expr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { type Aliases, callName, functionsOf, moduleName } from '../elixir/module.ts';
import { indentAt } from '../elixir/position.ts';
import { sourceOf } from './expressions.ts';
import type { ComponentScopeTask } from './operation.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf } from './sites.ts';

/** Where `import Phoenix.LiveView.Helpers` brought components, LiveView 0.18 wants `import Phoenix.Component` beside it. */
export function rewriteComponentImports(file: RewriteFile): RewriteResult {
  const places = sitesOf(file).flatMap((site) => {
    const inner = everyExpr(site.body).flatMap((expr) => (expr.kind === 'call' && expr.block ? [expr.block.body] : []));
    return [site.body, ...inner].flatMap((lines) => placesIn(lines, site));
  });
  return { places, besides: [] };
}

/** Whoever takes in the quote of a role, `view` for one, gets the components of Phoenix: `import Phoenix.Component` behind its last import. */
export function rewriteComponentScope(file: RewriteFile, { role }: ComponentScopeTask): RewriteResult {
  const places = sitesOf(file).flatMap((site): Place[] => {
    const own = functionsOf(site.module?.body ?? []).find(({ name }) => name === role);
    const [quote] = own?.body ?? [];
    const lines = quote?.kind === 'call' && callName(quote) === 'quote' ? (quote.block?.body ?? []) : [];
    const last = lines.filter((line) => /^(?:use|import)$/.test(callName(line) ?? '')).at(-1);
    const named = (name: string) => lines.filter((line) => takes(line, name, site.aliases));
    if (last === undefined || named('Phoenix.Component').length > 0) return [];
    const at = last.range.end + site.offset;
    if (named('Plug.Conn').some((line) => line.kind === 'call' && line.args.length === 1))
      return [{ at, reason: 'Plug.Conn is imported as well and has an assign of its own' }];
    const text = `\n${indentAt(site.text, last.range.start)}import Phoenix.Component`;
    return [{ at, changes: [{ start: at, end: at, text }] }];
  });
  return { places, besides: [] };
}

function takes(line: Expr, module: string, aliases: Aliases): boolean {
  const [target] = /^(?:use|import)$/.test(callName(line) ?? '') && line.kind === 'call' ? line.args : [];
  return target !== undefined && moduleName(target, aliases) === module;
}

/** Lines of one body: what they import holds for the rest of it. */
function placesIn(lines: readonly Expr[], site: Site): Place[] {
  const { aliases, offset, text } = site;
  const imported = (name: string) => lines.filter((line): line is CallExpr => imports(line, name, aliases));
  const [helpers] = imported('Phoenix.LiveView.Helpers');
  if (helpers === undefined || imported('Phoenix.Component').length > 0) return [];
  const at = helpers.range.start + offset;
  if (helpers.args.length > 1)
    return [{ at, reason: 'it imports some names only: import those of Phoenix.Component by name' }];
  if (imported('Plug.Conn').some(({ args }) => args.length === 1))
    return [{ at, reason: 'Plug.Conn is imported as well and has an assign of its own' }];
  const source = sourceOf(site, helpers);
  return [
    { at, changes: [replacing(helpers.range, offset, `import Phoenix.Component\n${indentAt(text, at)}${source}`)] },
  ];
}

function imports(line: Expr, module: string, aliases: Aliases): boolean {
  const [target] = callName(line) === 'import' && line.kind === 'call' ? line.args : [];
  return target !== undefined && moduleName(target, aliases) === module;
}
