import { performConfig } from '../../elixir/config/edit.ts';
import type { ConfigEntry, ConfigModel } from '../../elixir/config/model.ts';
import { type ConfigMove, performConfigMove } from '../../elixir/config/move.ts';
import { runtimeOfReleases } from '../../elixir/config/releases.ts';
import { withoutImport } from '../../elixir/config/retire.ts';
import { grouped } from '../../facts/grouped.ts';
import type { Operation, RetireConfig } from '../../merge/operation.ts';
import type { FileTree } from '../../project/tree.ts';
import type { FindingContext } from '../context.ts';

const runtime = 'config/runtime.exs';

/**
 * Moves of keys to `runtime.exs`, one for each file and environment they leave; none that would be refused. A key that
 * some environment sets anew goes for production alone, since runtime.exs has the last word in all: it is copied where
 * another environment still needs it.
 */
export function movesToRuntime(input: FindingContext, entries: readonly ConfigEntry[]): Operation[] {
  const { tree, config } = input;
  const copied = entries.filter((entry) => isForAll(entry) && !isReplacedInAllOrNone(entry, config));
  const moved = entries.filter((entry) => !copied.includes(entry));
  const groups = grouped(
    moved.map((entry) => ({ entry, toEnvironment: destination(entry, config) })),
    ({ entry, toEnvironment }) => [entry.path, entry.environment, toEnvironment].join(':'),
  );
  let to = runtimeText(tree);
  const moves = [...groups.values()].flatMap((group): Operation[] => {
    const [first] = group;
    const text = first && tree.read(first.entry.path);
    if (!first || text === undefined) return [];
    const { path, environment } = first.entry;
    const keyPaths = distinct(group.map(({ entry }) => entry.keyPath));
    const move: ConfigMove = {
      kind: 'move-config',
      path,
      to: runtime,
      keyPaths,
      environment,
      toEnvironment: first.toEnvironment,
    };
    const result = performConfigMove(text, to, move);
    if (!result.from.ok || !result.to.ok) return [];
    to = result.to.text;
    return [move];
  });
  return [...moves, ...copies(copied, to)];
}

function destination(entry: ConfigEntry, config: ConfigModel): string | null {
  if (entry.environment !== null || !isForAll(entry)) return entry.environment ?? 'prod';
  return replacingEnvironments(entry, config).size === 0 ? null : 'prod';
}

/** Copies for production; none of what has to read otherwise at run time. */
function copies(entries: readonly ConfigEntry[], to: string | null): Operation[] {
  const sets = entries
    .filter(({ text }) => !text.includes('{:system') && !/\$\{\w+\}/.test(text))
    .map(({ keyPath, text }) => ({
      kind: 'set-config' as const,
      path: runtime,
      keyPath,
      environment: 'prod',
      value: text,
    }))
    .filter((set) => performConfig(to ?? '', set).ok);
  const start: Operation[] = to === null && sets.length > 0 ? [{ kind: 'create-runtime-config', path: runtime }] : [];
  return [...start, ...sets];
}

function isForAll({ scope }: ConfigEntry): boolean {
  return scope === 'all';
}

function isReplacedInAllOrNone(entry: ConfigEntry, config: ConfigModel): boolean {
  const replaced = replacingEnvironments(entry, config);
  return replaced.size === 0 || config.environments.every((one) => one === 'prod' || replaced.has(one));
}

/** Whether what stands for all environments means nothing in production: something else sets the key there. */
export function isDeadInProduction(entry: ConfigEntry, config: ConfigModel): boolean {
  return (
    isForAll(entry) && ['prod', 'runtime', 'runtime:prod'].some((scope) => replacingScopes(entry, config).has(scope))
  );
}

/** Environments whose own build files set a key that is set for all, or one around it or below it. */
function replacingEnvironments(entry: ConfigEntry, config: ConfigModel): Set<string> {
  return new Set([...replacingScopes(entry, config)].filter((scope) => config.environments.includes(scope)));
}

function replacingScopes({ keyPath }: ConfigEntry, { entries }: ConfigModel): Set<string> {
  const related = entries.filter(({ scope, conditions, keyPath: other }) => {
    const shared = Math.min(keyPath.length, other.length);
    return (
      scope !== 'all' && conditions.length === 0 && keyPath.slice(0, shared).join() === other.slice(0, shared).join()
    );
  });
  return new Set(related.map(({ scope }) => scope));
}

/** The text that keys are moved into: `releases.exs` becomes a new `runtime.exs`. */
function runtimeText(tree: FileTree): string | null {
  const releases = tree.read('config/releases.exs');
  const adopted = releases === undefined ? null : runtimeOfReleases(releases);
  return tree.read(runtime) ?? (adopted?.ok ? adopted.text : null);
}

function distinct(paths: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(paths.map((path) => [path.join('\n'), path])).values()];
}

/** A key that is set in `runtime.exs` although it is read at compile time: to `prod.exs`, unless it needs the environment. */
export function movesToBuild({ tree }: FindingContext, entries: readonly ConfigEntry[]): Operation[] {
  const path = 'config/prod.exs';
  const text = tree.read(path);
  if (text === undefined) return [];
  return entries
    .filter(({ variables, conditions }) => variables.length === 0 && conditions.length === 0)
    .flatMap((entry): Operation[] => {
      const { keyPath, text: value, environment } = entry;
      const set = { kind: 'set-config' as const, path, keyPath, environment: null, value };
      const remove = { kind: 'remove-config' as const, path: entry.path, keyPath, environment };
      const done = performConfig(text, set).ok && performConfig(tree.read(entry.path) ?? '', remove).ok;
      return done ? [set, remove] : [];
    });
}

/** Takes a file out of the configuration once it is empty. */
export function retirement({ tree }: FindingContext, path: string): RetireConfig {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const importing = tree.paths
    .filter((one) => /(?:^|\/)config\/[\w.]+\.exs$/.test(one))
    .filter((one) => {
      const text = tree.read(one) ?? '';
      const result = withoutImport(text, name);
      return result.ok && result.text !== text;
    });
  return { kind: 'retire-config', path, importing };
}
