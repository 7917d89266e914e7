import type { CallExpr, Expr } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { callName, findUse } from '../elixir/module.ts';
import { plainText } from '../elixir/plain-text.ts';
import type { RenderNamesTask } from './operation.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { type Site, sitesOf } from './sites.ts';

/** `render(conn, "show.html")` of a controller that is asked for HTML alone says the same as `render(conn, :show)`. */
export function rewriteRenderNames(file: RewriteFile, { formats }: RenderNamesTask): RewriteResult {
  const places = sitesOf(file).flatMap((site) => {
    if (!isController(site)) return [];
    const known = formats[site.module?.name ?? ''];
    return renders(site.body, site).map(({ at, template }): Place => {
      const [, name, format] = /^([^".]+)\.(\w+)$/.exec(plainText(template) ?? '') ?? [];
      if (name === undefined) return { at, reason: 'the name of the template is not written out' };
      if (!known) return { at, reason: 'its routes do not say which formats are requested' };
      const reason = `its routes accept ${known.join(', ')}: render(conn, :${name}) would follow what is asked for`;
      if (known.length !== 1 || known[0] !== format) return { at, reason };
      const atom = /^[a-z_][a-zA-Z0-9_]*$/.test(name) ? `:${name}` : `:"${name}"`;
      return { at, changes: [replacing(template.range, site.offset, atom)] };
    });
  });
  return { places, besides: [] };
}

/** Whether code is that of a module with `use ShopWeb, :controller` or `use Phoenix.Controller`. */
export function isController({ module, inTemplate }: Pick<Site, 'module' | 'inTemplate'>): boolean {
  if (module === null || inTemplate) return false;
  const isRole = (line: Expr) => {
    const role = callName(line) === 'use' && line.kind === 'call' ? line.args[1] : undefined;
    return role?.kind === 'atom' && role.name === 'controller';
  };
  return module.body.some(isRole) || findUse(module.body, 'Phoenix.Controller') !== undefined;
}

interface Render {
  readonly at: number;
  readonly template: Expr;
}

/** Calls of `render` that name their template by a string. */
function renders(body: readonly Expr[], { own, offset }: Pick<Site, 'own' | 'offset'>): Render[] {
  const visit = (expr: Expr, piped: boolean): Render[] => {
    const template = piped || expr.kind === 'call' ? renderedName(expr, piped) : undefined;
    const isPipe = expr.kind === 'binary' && expr.operator === '|>';
    const inner = childrenOf(expr).flatMap((child) => visit(child, isPipe && child === expr.right));
    return template && !own.has('render') ? [{ at: template.range.start + offset, template }, ...inner] : inner;
  };
  return body.flatMap((expr) => visit(expr, false));
}

/** The template that `render(conn, "show.html", …)` or `conn |> render("show.html", …)` names as a string. */
export function renderedName(expr: Expr, piped: boolean): Expr | undefined {
  if (expr.kind !== 'call' || !/^(?:Phoenix\.Controller\.)?render$/.test(callName(expr) ?? '')) return undefined;
  const { args }: CallExpr = expr;
  const template = args[piped ? 0 : 1];
  return template?.kind === 'string' && args.length <= (piped ? 2 : 3) ? template : undefined;
}
