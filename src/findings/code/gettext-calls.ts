import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, moduleName } from '../../elixir/module.ts';
import { isGettextMacro } from '../../rewrites/gettext.ts';
import { directiveOptions, isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';

/** Matches in every text that may call a macro of Gettext without a module. */
export const gettextMacroCall = /(?<![.\w:])d?p?n?gettext(?:_noop|_comment)?[ (]/;

/** Modules that call macros of Gettext without a module, and take them from nowhere else than an import. */
export interface GettextCallers {
  readonly modules: ReadonlySet<string>;
  /** Modules that such a module, or a template of one, may use. */
  readonly used: ReadonlySet<string>;
  /** Whether templates in files of their own call them: these belong to modules that are not looked at here. */
  readonly templates: boolean;
}

/** Reads who calls macros of Gettext from the code of all files. */
export function gettextCallersOf(fragments: readonly Fragment[]): GettextCallers {
  const calling = fragments.filter((one) => one.exprs.some((expr) => isOwnCall(expr, one)));
  const modules = calling.flatMap(({ module }) => module ?? []).filter((module) => !hasBackend(module.name, fragments));
  const names = new Set(modules.map(({ name }) => name));
  return {
    modules: names,
    used: usedBy(names, fragments),
    templates: calling.some(({ module, path }) => module === null && !/\.exs?$/.test(path)),
  };
}

/** Whether what an import brings may be called: by its module, or by those that take its quote in. */
export function mayBeCalled(
  directive: Expr,
  { module, exprs }: Fragment,
  { modules, used, templates }: GettextCallers,
): boolean {
  if (module === null || templates || modules.has(module.name)) return true;
  const isQuoted = exprs.some((expr) => callName(expr) === 'quote' && everyExpr([expr]).includes(directive));
  return isQuoted && used.has(module.name);
}

function isOwnCall(expr: Expr, { own }: Fragment): boolean {
  const name = expr.kind === 'call' && expr.target.kind === 'identifier' ? expr.target.name : '';
  return isGettextMacro(name) && !own.has(name);
}

function hasBackend(name: string, fragments: readonly Fragment[]): boolean {
  return fragments.some(
    (one) =>
      one.module?.name === name &&
      one.module.body.some(
        (line) => isDirective(line, 'use', new Set(['Gettext']), one) && directiveOptions(line).has('backend'),
      ),
  );
}

/** What modules use, what their quotes give to their users to use, and so on. */
function usedBy(names: ReadonlySet<string>, fragments: readonly Fragment[]): ReadonlySet<string> {
  const used = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const own = fragments.filter(({ module }) => module?.name === name);
    for (const one of own.flatMap(({ exprs, aliases }) => exprs.flatMap((expr) => usedModule(expr, aliases) ?? []))) {
      if (used.has(one)) continue;
      used.add(one);
      open.push(one);
    }
  }
  return used;
}

function usedModule(expr: Expr, aliases: Fragment['aliases']): string | undefined {
  const [module] = callName(expr) === 'use' && expr.kind === 'call' ? expr.args : [];
  return module && moduleName(module, aliases);
}
