import type { Expr } from '../elixir/ast.ts';
import { callName } from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';
import { indentAt } from '../elixir/position.ts';
import type { Place, RewriteFile, RewriteResult } from './place.ts';
import { dropsCsrfToken, type SessionModule, sessionModulesOf } from './session-module.ts';

/** Where a session is renewed, its CSRF token is dropped first. */
export function rewriteCsrfToken(file: RewriteFile): RewriteResult {
  const modules = sessionModulesOf(parse(file.text)).filter((module) => !dropsCsrfToken(module));
  return { places: modules.map((module) => placeIn(module, file.text)), besides: [] };
}

function placeIn({ renewal, body }: SessionModule, text: string): Place {
  const at = renewal.range.start;
  const [first] = renewal.body;
  if (!renewal.block || first === undefined) return { at, reason: `${renewal.name} has no do … end` };
  const { start } = first.range;
  const name = body.some(importsController) ? 'delete_csrf_token()' : 'Plug.CSRFProtection.delete_csrf_token()';
  return { at, changes: [{ start, end: start, text: `${name}\n\n${indentAt(text, start)}` }] };
}

/** `import Phoenix.Controller` with all that it has. */
function importsController(expr: Expr): boolean {
  if (expr.kind !== 'call' || callName(expr) !== 'import' || expr.args.length !== 1) return false;
  const [module] = expr.args;
  return module?.kind === 'alias' && module.name === 'Phoenix.Controller';
}
