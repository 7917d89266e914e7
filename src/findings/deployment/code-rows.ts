import type { Expr } from '../../elixir/ast.ts';
import { childrenOf, everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf, usesModule } from '../../elixir/module.ts';
import type { Names } from '../../elixir/names.ts';
import { lineAt } from '../../elixir/position.ts';
import { performSupervision } from '../../elixir/supervision/perform.ts';
import type { DeployInput, Seen } from './observation.ts';
import { seen } from './observation.ts';
import { callsOf, type ElixirFile, type Sources } from './sources.ts';

/** What the code itself calls for before it can run as a release, on more than one instance. */
export function codeRows({ names }: DeployInput, sources: Sources): Seen[] {
  const files = sources
    .libFiles(/Mix|Supervisor\.Spec|Cachex|ConCache|Nebulex|\bets\b/)
    .filter(({ path }) => !path.includes('/mix/tasks/'));
  return [
    ...files.flatMap(mixAtRuntime),
    ...files.flatMap((file) => childSpecs(file, names)),
    ...files.flatMap(caches),
  ];
}

/** `Mix.env()` inside functions; in the body of a module and in macros it runs while the project compiles. */
function mixAtRuntime({ path, source }: ElixirFile): Seen[] {
  const modules = modulesOf(source).filter(({ body }) => !usesModule(body, 'Mix.Task') && !asksForMix(body));
  const bodies = modules.flatMap(({ body }) =>
    functionsOf(body)
      .filter(({ kind }) => kind === 'def' || kind === 'defp')
      .flatMap((clause) => clause.body),
  );
  const calls = bodies.flatMap(mixCalls);
  const findings = calls.map((expr) => ({
    path,
    line: lineAt(source.text, expr.range.start),
    message: `${callName(expr) ?? 'Mix'} is called while the app runs; a release has no Mix`,
  }));
  return seen('mix-at-runtime', findings);
}

function asksForMix(body: readonly Expr[]): boolean {
  return callsOf(body, ['Code.ensure_loaded?', 'Code.ensure_compiled?', 'function_exported?']).some(
    ({ args: [first] }) => first?.kind === 'alias' && /^Mix(?:\.|$)/.test(first.name),
  );
}

/** Calls of Mix, those in quoted code and in `unquote` aside: they run in another place or while compiling. */
function mixCalls(expr: Expr): Expr[] {
  const name = callName(expr);
  if (name === 'quote' || name === 'unquote') return [];
  const own = name !== undefined && /^Mix(?:\.(?:Project|Task|Config|Shell))?\.[a-z]/.test(name) ? [expr] : [];
  return [...own, ...childrenOf(expr).flatMap(mixCalls)];
}

function childSpecs({ path, source }: ElixirFile, names: Names): Seen[] {
  const modules = modulesOf(source).filter(({ body }) => everyExpr(body).some(isSupervisorSpec));
  if (modules.length === 0) return [];
  const calls = modules.flatMap(({ body }) =>
    everyExpr(body).filter(
      (expr) => isSupervisorSpec(expr) || /^(?:Supervisor\.Spec\.)?(?:worker|supervisor)$/.test(callName(expr) ?? ''),
    ),
  );
  const findings = calls.map((expr) => ({
    path,
    line: lineAt(source.text, expr.range.start),
    message: `${callName(expr) === 'import' ? 'Supervisor.Spec' : callName(expr)} is deprecated: children are modules, tuples or maps`,
  }));
  const plain = [`${names.module}.Repo`, `${names.webModule}.Endpoint`];
  const operation = { kind: 'modernise-children' as const, path, plain };
  const result = performSupervision(source.text, operation);
  return seen('supervisor-spec', findings, result.ok && result.text !== source.text ? [operation] : []);
}

function isSupervisorSpec(expr: Expr): boolean {
  const [module] = expr.kind === 'call' ? expr.args : [];
  const name = callName(expr);
  if (name === 'Supervisor.Spec.worker' || name === 'Supervisor.Spec.supervisor') return true;
  return name === 'import' && module?.kind === 'alias' && module.name === 'Supervisor.Spec';
}

const cacheStarts = ['Cachex.start_link', 'ConCache.start_link', 'Cachex.start'];

/** Caches that live in the memory of one instance. */
function caches({ path, source }: ElixirFile): Seen[] {
  const findings = modulesOf(source).flatMap((module) => {
    const own = everyExpr(module.body).filter(isCache);
    if (own.length === 0 || everyExpr(module.body).some(dropsTable)) return [];
    const told = everyExpr(module.body).some((expr) =>
      /(?:^|\.)(?:PubSub\.)?(?:subscribe|broadcast!?|broadcast_from!?)$/.test(callName(expr) ?? ''),
    );
    const says = told
      ? 'it takes part in PubSub, so changes can reach the others'
      : 'no PubSub message tells the others of a change';
    return own.map((expr) => ({
      path,
      line: lineAt(source.text, expr.range.start),
      message: `${module.name} keeps a cache on each instance; ${says}`,
    }));
  });
  return seen('cache-per-instance', findings);
}

/** `:ets.delete(table)`: a table that is thrown away after use holds nothing for the next request. */
function dropsTable(expr: Expr): boolean {
  if (expr.kind !== 'call' || expr.target.kind !== 'dot' || expr.args.length !== 1) return false;
  return expr.target.right === 'delete' && expr.target.left.kind === 'atom' && expr.target.left.name === 'ets';
}

function isCache(expr: Expr): boolean {
  const name = callName(expr) ?? '';
  if (cacheStarts.includes(name)) return true;
  if (
    expr.kind === 'call' &&
    expr.target.kind === 'dot' &&
    expr.target.right === 'new' &&
    expr.target.left.kind === 'atom'
  ) {
    // Other tables are scratch space of the process that makes them.
    const isNamed = everyExpr(expr.args).some((one) => one.kind === 'atom' && one.name === 'named_table');
    return expr.target.left.name === 'ets' && isNamed;
  }
  if (name === 'use' && expr.kind === 'call') {
    const [module, options] = expr.args;
    if (module?.kind !== 'alias' || module.name !== 'Nebulex.Cache') return false;
    return everyExpr(options ? [options] : []).some(
      (one) => one.kind === 'alias' && one.name === 'Nebulex.Adapters.Local',
    );
  }
  // `{Cachex, name: :prices}` as a child.
  const [first] = expr.kind === 'tuple' ? expr.items : [];
  return first?.kind === 'alias' && (first.name === 'Cachex' || first.name === 'ConCache');
}
