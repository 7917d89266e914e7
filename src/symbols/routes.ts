import type { CallExpr, Expr } from '../elixir/ast.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { lineAt } from '../elixir/position.ts';
import type { Reference } from './model.ts';

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'connect', 'trace']);
const actionsOf = {
  plural: ['index', 'new', 'create', 'show', 'edit', 'update', 'delete'],
  singular: ['new', 'create', 'show', 'edit', 'update', 'delete'],
};

/** What the routes of a router's body need: controllers with their actions, live views, plugs. */
export function routeReferences(
  body: readonly Expr[],
  { path, text, module, aliases }: { path: string; text: string; module: string; aliases: Aliases },
): Reference[] {
  const found: Reference[] = [];
  const named = (expr: Expr | undefined, prefix: readonly string[]) => {
    const name = expr && moduleName(expr, aliases);
    return name === undefined ? undefined : [...prefix, name].join('.');
  };
  const visit = (expr: Expr, prefix: readonly string[]): void => {
    if (expr.kind !== 'call') return;
    const name = callName(expr) ?? '';
    const place = { path, line: lineAt(text, expr.range.start), scope: module };
    const target = named(expr.args[1], prefix);
    if (target !== undefined) {
      for (const action of routed(name, expr))
        found.push({ ...place, kind: 'function', module: target, name: action, arity: 2 });
      if (verbs.has(name) || ['live', 'forward', 'resources'].includes(name))
        found.push({ ...place, kind: 'module', module: target });
    }
    const inner = name === 'scope' ? [...prefix, ...scopeAlias(expr, aliases)] : prefix;
    for (const line of expr.block?.body ?? []) visit(line, inner);
  };
  for (const expr of body) visit(expr, []);
  return found;
}

/** The functions of a controller that a route calls. Of `resources` without `only:` nothing is certain but the module. */
function routed(name: string, call: CallExpr): readonly string[] {
  const action = call.args[2];
  if (verbs.has(name)) return action?.kind === 'atom' ? [action.name] : [];
  if (name !== 'resources') return [];
  const options = call.args.flatMap((arg) => keywordPairs(arg) ?? []);
  const value = (key: string) => options.find((pair) => pair.name === key)?.value;
  const atoms = (expr: Expr | undefined) =>
    expr?.kind === 'list' ? expr.items.flatMap((item) => (item.kind === 'atom' ? [item.name] : [])) : null;
  const singular = value('singleton')?.kind === 'atom';
  const all = singular ? actionsOf.singular : actionsOf.plural;
  const except = atoms(value('except'));
  return atoms(value('only')) ?? (except ? all.filter((one) => !except.includes(one)) : all);
}

/** `scope "/", ShopWeb`, `scope "/", alias: ShopWeb`, `scope path: "/", alias: ShopWeb` */
function scopeAlias(call: CallExpr, aliases: Aliases): string[] {
  const options = call.args.flatMap((arg) => keywordPairs(arg) ?? []);
  const given = [...call.args, options.find(({ name }) => name === 'alias')?.value];
  for (const arg of given) {
    const name = arg && moduleName(arg, aliases);
    if (name !== undefined) return [name];
  }
  return [];
}
