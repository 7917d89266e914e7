import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import type { TextChange } from '../../elixir/edited.ts';
import { aliasesOf, callName, functionsOf, type ModuleDefinition, moduleName, modulesOf } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { parse } from '../../elixir/parse.ts';
import { indentAt, lineStart, nextLine } from '../../elixir/position.ts';
import type { Resolver } from '../../symbols/resolve.ts';
import type { RoutesTask } from '../operation.ts';
import type { RewriteFile } from '../place.ts';
import { scopeOf } from '../scope-index.ts';

/** Whether by now some module gives its users `~p`. Without it nothing can be rewritten. */
export function givesVerifiedRoutes({ web }: RoutesTask, read: RewriteFile['read']): boolean {
  const module = modulesOf(parse(read(web.path) ?? '')).find(({ name }) => name === web.module);
  return functionsOf(module?.body ?? []).some(({ name }) => name === 'verified_routes');
}

/**
 * What the modules of a rewritten file need besides: `use ShopWeb, :verified_routes` where nothing gives them `~p`, and
 * no alias of the helpers that nothing uses any more.
 */
export function scopeChanges(file: RewriteFile, task: RoutesTask): TextChange[] {
  if (!/\.exs?$/.test(file.path)) return [];
  const resolver = scopeOf(file, task.beside, [task.web.module]);
  return modulesOf(parse(file.text)).flatMap((module) => {
    const quotes = file.path === task.web.path ? [] : quoteChanges(module, file.text, task);
    const alias = unusedAlias(module, file.text, task);
    const lacks = needsSigil(module, file, task) && !hasSigil(resolver, file.path, module.name);
    if (!lacks) return [...quotes, ...(alias ? [withoutLine(file.text, alias)] : [])];
    const line = `use ${task.web.module}, :verified_routes`;
    return [...quotes, alias ? { ...alias.range, text: line } : newLine(module, file.text, line)];
  });
}

/** A quote that gives its users the helpers, as that of a test case, gives them `~p` as well. */
function quoteChanges(module: ModuleDefinition, text: string, { router, web }: RoutesTask): TextChange[] {
  const quotes = everyExpr(module.body).filter((expr) => callName(expr) === 'quote');
  return quotes.flatMap((quote) => {
    const lines = quote.kind === 'call' ? (quote.block?.body ?? []) : [];
    const alias = lines.find((expr) => isHelpersAlias(expr, { ...module, body: lines }, router));
    if (alias === undefined || lines.some(isVerifiedRoutes)) return [];
    const { start } = alias.range;
    return [{ start, end: start, text: `use ${web.module}, :verified_routes\n${indentAt(text, start)}` }];
  });
}

/** `use ShopWeb, :verified_routes` or `use Phoenix.VerifiedRoutes, …` */
function isVerifiedRoutes(expr: Expr): boolean {
  const [module, role] = callName(expr) === 'use' && expr.kind === 'call' ? expr.args : [];
  const isRole = role?.kind === 'atom' && role.name === 'verified_routes';
  return isRole || (module?.kind === 'alias' && module.name === 'Phoenix.VerifiedRoutes');
}

function hasSigil(resolver: Resolver, path: string, scope: string): boolean {
  return resolver.resolve({ kind: 'verified-route', path, line: 1, scope }) === 'defined';
}

/** Whether a module itself, apart from those inside it, has a `~p`, or another file has one for it. */
function needsSigil({ body }: ModuleDefinition, { text }: RewriteFile, { isOwner }: RoutesTask): boolean {
  return isOwner || body.some((expr) => callName(expr) !== 'defmodule' && !isQuoting(expr) && usesSigil(expr, text));
}

/** Code of a quote means what it means where it is taken in. */
function isQuoting(expr: Expr): boolean {
  return expr.kind === 'call' && (expr.block?.body.some((line) => callName(line) === 'quote') ?? false);
}

function usesSigil({ range }: Expr, text: string): boolean {
  return text.slice(range.start, range.end).includes('~p"');
}

/** `alias ShopWeb.Router.Helpers, as: Routes` of a module that names `Routes` nowhere else. */
function unusedAlias(module: ModuleDefinition, text: string, { router, isOwner }: RoutesTask): CallExpr | undefined {
  const alias = module.body.find((expr): expr is CallExpr => isHelpersAlias(expr, module, router));
  if (alias === undefined || isOwner) return undefined;
  const as = (keywordPairs(alias.args[1]) ?? []).find(({ name }) => name === 'as')?.value;
  const short = as?.kind === 'alias' ? as.name : 'Helpers';
  const { start, end } = module.call.range;
  const rest = text.slice(start, alias.range.start) + text.slice(alias.range.end, end);
  return new RegExp(String.raw`(?<![\w.])${short}\b`).test(rest) ? undefined : alias;
}

function isHelpersAlias(expr: Expr, module: ModuleDefinition, router: string): boolean {
  if (callName(expr) !== 'alias' || expr.kind !== 'call') return false;
  const [target] = expr.args;
  const aliases = aliasesOf({ ...module, body: module.body.filter((one) => one !== expr) });
  return target !== undefined && moduleName(target, aliases) === `${router}.Helpers`;
}

function withoutLine(text: string, { range }: CallExpr): TextChange {
  const start = lineStart(text, range.start);
  const end = nextLine(text, range.end);
  const alone = text.slice(start, range.start).trim() === '' && text.slice(range.end, end).trim() === '';
  return alone ? { start, end, text: '' } : { ...range, text: '' };
}

/** Behind the last `use` of the module, else as its first line, below its documentation. */
function newLine({ body, call }: ModuleDefinition, text: string, line: string): TextChange {
  const last = body.filter((expr) => callName(expr) === 'use').at(-1) ?? body.find(isModuledoc);
  if (last) return { start: last.range.end, end: last.range.end, text: `\n${indentAt(text, last.range.start)}${line}` };
  const [first] = body;
  const start = first?.range.start ?? call.range.end - 3;
  return { start, end: start, text: `${line}\n\n${indentAt(text, start)}` };
}

function isModuledoc(expr: Expr): boolean {
  const inner = expr.kind === 'unary' && expr.operator === '@' ? expr.operand : undefined;
  return inner !== undefined && callName(inner) === 'moduledoc' && everyExpr([inner]).length > 0;
}
