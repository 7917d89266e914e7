import type { Expr, Source } from '../../elixir/ast.ts';
import { childrenOf, findExpr } from '../../elixir/children.ts';
import { escapeRegExp } from '../../elixir/escape-reg-exp.ts';
import { aliasesOf, moduleName, modulesOf } from '../../elixir/module.ts';
import { longestAtom } from '../../elixir/names.ts';
import { parse } from '../../elixir/parse.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { ProjectFiles } from './input.ts';

/** A file that stays, with the text that it will have. */
export interface StayingFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files among those that stay which use a file that would go: its modules by name, as Phoenix pairs them (a view
 * with its controller and templates), or the file itself (an import, an image's path, a layout).
 */
export function usersOf(gone: StayingFile, staying: readonly StayingFile[], { names }: ProjectFiles): string[] {
  const modules = /\.exs?$/.test(gone.path) ? modulesOf(parse(gone.text)).map(({ name }) => name) : [];
  const isUser = (file: StayingFile) =>
    modules.some((module) => usesModule(file, module, names.webModule)) || usesFile(file, gone.path);
  return staying.filter(isUser).map(({ path }) => path);
}

function usesModule({ path, text }: StayingFile, module: string, webModule: string): boolean {
  if (module.length > longestAtom) return false;
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
  const controller = module.replace(/View$/, 'Controller');
  return (
    path.includes(`/templates/${underscored(stem)}/`) ||
    (path.endsWith('.ex') && text.includes(`defmodule ${controller} `))
  );
}

function underscored(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase();
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

function usesFile(user: StayingFile, gone: string): boolean {
  const template = /^(.*)\/([^/]+)\/([^/]+)\.\w+\.\w*eex$/.exec(gone);
  if (template) return usesTemplate(user, template[2] ?? '', template[3] ?? '');
  if (/\.exs?$/.test(gone) || !/(^|\/)(assets|static)\//.test(gone)) return false;
  const name = gone.slice(gone.lastIndexOf('/') + 1);
  const stem = name.replace(/\.\w+$/, '');
  const [own, users] = [language(name), language(user.path)];
  // A template names what is built from such a file, not the file.
  if (own !== null && users === null) return false;
  // Among their own kind, files are imported without their extension as well.
  const written = own !== null && own === users ? `${escapeRegExp(stem)}(?:\\.\\w+)?` : escapeRegExp(name);
  return new RegExp(`/${written}["')]`).test(user.text);
}

function language(path: string): 'css' | 'js' | null {
  if (/\.s?css$/.test(path)) return 'css';
  return /\.(m?js|ts)$/.test(path) ? 'js' : null;
}

/** A template is used by the view of its folder, and a layout by every `{Layouts, :name}`. */
function usesTemplate({ path, text }: StayingFile, folder: string, name: string): boolean {
  if (!/\.exs?$/.test(path)) return false;
  const isLayout = folder === 'layout' || folder === 'layouts';
  const { body } = parse(text);
  if (isLayout) return findExpr(body, (expr) => isLayoutName(expr, name)) !== undefined;
  return modulesOf(parse(text)).some(({ name: module }) => {
    const last = underscored(module.slice(module.lastIndexOf('.') + 1));
    return last === `${folder}_view` || (last === folder && text.includes('embed_templates'));
  });
}

/** `{ShopWeb.Layouts, :app}`, `{LayoutView, "app.html"}`. */
function isLayoutName(expr: Expr, name: string): boolean {
  if (expr.kind !== 'tuple' || expr.items.length !== 2) return false;
  const [module, layout] = expr.items;
  if (module?.kind !== 'alias' || !/(^|\.)(Layouts|LayoutView)$/.test(module.name)) return false;
  if (layout?.kind === 'atom') return layout.name === name;
  return plainText(layout)?.startsWith(`${name}.`) ?? false;
}
