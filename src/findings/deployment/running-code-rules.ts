import type { Expr } from '../../elixir/ast.ts';
import { childrenOf, everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf, usesModule } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import { callsOf, type ElixirFile } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { severalInstances, shownPlace } from './instances.ts';

/** What the code itself calls for before it can run as a release, on more than one instance. */
export const runningCodeRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'mix-at-runtime',
    topic: 'mix-at-runtime',
    look: (context) => [...running(context, /Mix/).flatMap(mixAtRuntime), ...mixInTemplates(context)],
  },
  {
    kind: 'project',
    id: 'cache-per-instance',
    topic: 'cache-per-instance',
    look: cachesOfSeveral,
  },
];

/** Modules that run, tasks of Mix aside. */
function running({ build }: FindingContext, mentions: RegExp): ElixirFile[] {
  return build.libFiles(mentions).filter(({ path }) => !path.includes('/mix/tasks/'));
}

/** `Mix.env()` inside functions; in the body of a module and in macros it runs while the project compiles. */
function mixAtRuntime({ path, source }: ElixirFile): Sighting[] {
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
  return sighting(findings);
}

/** `<%= if Mix.env() == :dev do %>`: a template is a function that runs. */
function mixInTemplates({ tree }: FindingContext): Sighting[] {
  const paths = tree.paths.filter(
    (path) => /\.(?:html|text)\.[lh]?eex$/.test(path) && /^(?:apps\/[^/]+\/)?(?:lib|web)\//.test(path),
  );
  const findings = paths.flatMap((path) =>
    (tree.read(path) ?? '').split('\n').flatMap((line, index) => {
      const [, name] = /(?:<%(?!#|!--)[^%]*|\{[^}]*)\b(Mix\.env)\b/.exec(line.slice(0, longest)) ?? [];
      const message = `${name} is called while the app runs; a release has no Mix`;
      return name === undefined ? [] : [{ path, line: index + 1, message }];
    }),
  );
  return sighting(findings);
}

const longest = 1000;

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

const cacheStarts = ['Cachex.start_link', 'ConCache.start_link', 'Cachex.start'];

/** Caches of an app of which several instances run: as long as there is one, it may keep what it likes. */
function cachesOfSeveral(context: FindingContext): readonly Sighting[] {
  const instances = severalInstances(context);
  if (instances === null) return [];
  return running(context, /Cachex|ConCache|Nebulex|\bets\b/).flatMap((file) => caches(file, shownPlace(instances)));
}

/** Caches that live in the memory of one instance. */
function caches({ path, source }: ElixirFile, place: string): Sighting[] {
  const findings = modulesOf(source).flatMap((module) => {
    const own = everyExpr(module.body).filter(isCache);
    if (own.length === 0 || everyExpr(module.body).some(dropsTable)) return [];
    const told = everyExpr(module.body).some((expr) =>
      /(?:^|\.)(?:PubSub\.)?(?:subscribe|broadcast!?|broadcast_from!?)$/.test(callName(expr) ?? ''),
    );
    const says = told
      ? 'it takes part in PubSub, so changes can reach the others'
      : 'no PubSub message tells the others of a change: broadcast it and drop the entry there, or let entries expire soon';
    return own.map((expr) => ({
      path,
      line: lineAt(source.text, expr.range.start),
      message: `${module.name} keeps a cache on each instance, and ${place} runs several; ${says}`,
    }));
  });
  return sighting(findings);
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
