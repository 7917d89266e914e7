import { withoutImport } from '../docker/config-import.ts';
import type { ConfigEntry } from '../elixir/config/model.ts';
import { type ConfigMove, performConfigMove } from '../elixir/config/move.ts';
import { performConfig } from '../elixir/config/perform.ts';
import { runtimeOfReleases } from '../elixir/config/releases.ts';
import type { Operation, RetireConfig } from '../merge/operation.ts';
import type { FileTree } from '../project/tree.ts';
import type { DeployInput } from './observation.ts';

const runtime = 'config/runtime.exs';

/** Moves of keys to `runtime.exs`, one for each file and environment they leave; none that would be refused. */
export function movesToRuntime({ tree }: DeployInput, entries: readonly ConfigEntry[]): Operation[] {
  const groups = new Map<string, ConfigEntry[]>();
  for (const entry of entries) {
    const key = `${entry.path}:${entry.environment ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  let to = runtimeText(tree);
  return [...groups.values()].flatMap((group): Operation[] => {
    const [first] = group;
    const text = first && tree.read(first.path);
    if (!first || text === undefined) return [];
    const move: ConfigMove = {
      kind: 'move-config',
      path: first.path,
      to: runtime,
      keyPaths: distinct(group.map(({ keyPath }) => keyPath)),
      environment: first.environment,
      toEnvironment: first.environment ?? (first.scope === 'all' ? null : 'prod'),
    };
    const result = performConfigMove(text, to, move);
    if (!result.from.ok || !result.to.ok) return [];
    to = result.to.text;
    return [move];
  });
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
export function movesToBuild({ tree }: DeployInput, entries: readonly ConfigEntry[]): Operation[] {
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
export function retirement({ tree }: DeployInput, path: string): RetireConfig {
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
