import type { Expr, Source } from '../../elixir/ast.ts';
import { aliasesOf, childrenOf, moduleName, modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import type { ProjectFiles } from './input.ts';

/** A file that stays, with the text that it will have. */
export interface StayingFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files among those that stay which use a module of a file: by name, or as Phoenix pairs them: a view with its
 * controller and with the templates of its folder.
 */
export function usersOf(text: string, staying: readonly StayingFile[], { names }: ProjectFiles): string[] {
  const modules = modulesOf(parse(text)).map(({ name }) => name);
  return staying
    .filter((file) => modules.some((module) => uses(file, module, names.webModule)))
    .map(({ path }) => path);
}

function uses({ path, text }: StayingFile, module: string, webModule: string): boolean {
  const stem = /(?:^|\.)(\w+)View$/.exec(module)?.[1];
  if (stem !== undefined && pairsWithView(path, text, module, stem)) return true;
  // In a scope of the router, and behind an alias, the web module's name is left out.
  const short = module.startsWith(`${webModule}.`) ? module.slice(webModule.length + 1) : module;
  if (!text.includes(short.slice(short.lastIndexOf('.') + 1))) return false;
  if (!/\.exs?$/.test(path)) return new RegExp(`(?<![\\w.])${module.replaceAll('.', '\\.')}(?!\\w)`).test(text);
  const named = modulesNamed(parse(text));
  return named.has(module) || named.has(short);
}

function pairsWithView(path: string, text: string, module: string, stem: string): boolean {
  const folder = stem.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase();
  const controller = module.replace(/View$/, 'Controller');
  return path.includes(`/templates/${folder}/`) || (path.endsWith('.ex') && text.includes(`defmodule ${controller} `));
}

/** Every module that a file names, as written and in full; the ones that it defines are its own. */
function modulesNamed(source: Source): Set<string> {
  const modules = modulesOf(source);
  const aliases = modules[0] ? aliasesOf(modules[0]) : new Map<string, string>();
  const names = new Set<string>();
  const visit = (expr: Expr) => {
    if (expr.kind === 'alias') names.add(expr.name).add(moduleName(expr, aliases) ?? expr.name);
    for (const child of childrenOf(expr)) visit(child);
  };
  for (const expr of source.body) visit(expr);
  for (const { name } of modules) names.delete(name);
  return names;
}
