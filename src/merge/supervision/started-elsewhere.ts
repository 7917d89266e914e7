import type { Expr } from '../../elixir/ast.ts';
import { display } from '../../elixir/canonical.ts';
import { everyExpr } from '../../elixir/children.ts';
import { aliasesOf, callName, moduleName, modulesOf } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * A child that the app starts somewhere else is there: in a supervisor of its own, in a list that a function returns, in
 * another app of the umbrella. A second one of its name would keep the app from booting.
 */
export function startedElsewhere(
  comparisons: readonly Comparison[],
  { project, yours: facts }: Pick<RulingContext, 'project' | 'yours'>,
): readonly Comparison[] {
  // An endpoint that names another server than the generator would is served by that one.
  const servers = facts.addresses.flatMap((address) =>
    address.keyPath.at(-1) === 'pubsub_server' ? (facts.get(address)?.value ?? []) : [],
  );
  return comparisons.map((comparison) => {
    const { address, outcome, yours, target } = comparison;
    const isNew = outcome === 'pending' && yours === null && target !== null;
    if (address.area !== 'supervision' || address.isOrder || !isNew) return comparison;
    const [module = ''] = address.path;
    const names = module === 'Phoenix.PubSub' ? [nameIn(target), ...servers] : [nameIn(target)];
    const place = /^[A-Z][\w.]*$/.test(module) ? placeOf(module, names, project) : undefined;
    return place ? { ...comparison, outcome: 'done', note: `started in ${place}` } : comparison;
  });
}

/** The name that a child spec registers. */
function nameIn(spec: string): string | null {
  return /\bname: ([\w.]+)/.exec(spec)?.[1] ?? null;
}

function placeOf(module: string, names: readonly (string | null)[], { tree, sources }: Project): string | undefined {
  const word = module.split('.').at(-1) ?? module;
  for (const path of tree.paths) {
    if (!/(^|\/)lib\/.*\.ex$/.test(path) || !tree.read(path)?.includes(word)) continue;
    const source = sources.get(path);
    for (const definition of source ? modulesOf(source) : []) {
      const aliases = aliasesOf(definition, everyExpr(definition.body));
      const found = everyExpr(definition.body).find((expr) => {
        const started = startedBy(expr);
        const called = started && moduleName(started, aliases);
        // A child spec written out may name the module's own supervisor.
        if (called !== module && called !== `${module}.Supervisor`) return false;
        return names.some((name) => name === null || named(expr, name, (inner) => moduleName(inner, aliases)));
      });
      if (found) return `${path}:${lineAt(source?.text ?? '', found.range.start)}`;
    }
  }
  return undefined;
}

/** The module in `{Module, options}`, `Module.start_link(…)`, `Module.child_spec(…)`, `worker(Module, …)`. */
function startedBy(expr: Expr): Expr | undefined {
  if (expr.kind === 'tuple') return expr.items[0];
  if (expr.kind !== 'call') return undefined;
  if (expr.target.kind === 'dot') {
    const { left, right } = expr.target;
    return right === 'start_link' || right === 'child_spec' ? left : undefined;
  }
  return ['worker', 'supervisor'].includes(callName(expr) ?? '') ? expr.args[0] : undefined;
}

/** Whether a spec gives the name, under whatever alias; one that is no module's is compared as it is written. */
function named(spec: Expr, name: string, resolve: (expr: Expr) => string | undefined): boolean {
  return everyExpr([spec]).some(
    (expr) => expr.kind === 'pair' && expr.name === 'name' && (resolve(expr.value) ?? display(expr.value)) === name,
  );
}
