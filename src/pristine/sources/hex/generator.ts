import { usualLimits } from '../../../elixir/evaluate/budget.ts';
import { FileMap } from '../../../elixir/evaluate/file-map.ts';
import { Machine } from '../../../elixir/evaluate/machine.ts';
import { type FileTree, joinedTrees, memoryTree } from '../../../project/tree.ts';
import { flagsFor } from '../../flags.ts';
import type { GeneratorCall } from '../../generator-call.ts';
import { debianDates, usualDate } from '../mix/release.ts';
import type { GeneratorRequest } from '../source.ts';
import { bareEnvironment, type GeneratorWorld } from './environment.ts';
import { type PackageFiles, packageRoot, workRoot } from './package.ts';

/** What generators of the `phoenix` package run on. */
export interface GeneratorInput {
  /** Files of the package that has the tasks. */
  readonly phoenix: PackageFiles;
  /** The project that they run in; an umbrella as a whole. */
  readonly project: FileTree;
  readonly request: GeneratorRequest;
}

/**
 * Runs Phoenix's generators, `mix phx.gen.auth` and the like, in memory, and gives the project with what they wrote into
 * it. Throws `Refusal` and `Raised`.
 */
export function evaluateGenerators(
  { phoenix, project, request }: GeneratorInput,
  world: GeneratorWorld,
): { readonly tree: FileTree; readonly written: ReadonlySet<string> } {
  const written = new Set<string>();
  let tree = project;
  for (const call of request.calls) {
    const changed = evaluateGenerator({ phoenix, project: tree, directory: directoryOf(call, request), call }, world);
    for (const path of changed.paths) written.add(path);
    tree = joinedTrees(tree, changed);
  }
  return { tree, written };
}

/** In an umbrella, data belongs to the core app and everything else to the web app. */
function directoryOf({ task }: GeneratorCall, { version, flags, names }: GeneratorRequest): string {
  if (!flagsFor(version, flags).flags.includes('--umbrella')) return '.';
  const isData = /^phx\.gen\.(?:context|schema|embedded|notifier|release)$/.test(task);
  return `apps/${isData ? names.app : names.webApp}`;
}

/** One generator's run. */
interface GeneratorRun {
  readonly phoenix: PackageFiles;
  readonly project: FileTree;
  /** Directory of the app in the project; `.` but for umbrellas. */
  readonly directory: string;
  readonly call: GeneratorCall;
}

/** Modules of packages that generators look for before they begin: each is in every project that they can run in. */
const loaded = new Set([
  'Ecto.Adapters.SQL',
  'Ecto.Schema',
  'Phoenix.HTML',
  'Phoenix.LiveView',
  'Phoenix.LiveView.JS',
  'Swoosh',
]);

/** The files that one run wrote or changed, by their paths in the project. */
function evaluateGenerator({ phoenix, project, directory, call }: GeneratorRun, world: GeneratorWorld): FileTree {
  const given = new Map([...phoenix].map(([path, bytes]) => [`${packageRoot}/${path}`, bytes]));
  for (const path of project.paths) given.set(`${workRoot}/${path}`, project.bytes(path) ?? new Uint8Array());
  const root = directory === '.' ? workRoot : `${workRoot}/${directory}`;
  const files = new FileMap(given, root);
  const machine = new Machine({
    files,
    sources: [...given.keys()].filter((path) => isSource(path, root)),
    mixfile: `${root}/mix.exs`,
    environment: {
      ...bareEnvironment(world),
      directory: root,
      apps: new Map(['phoenix', 'phx_gen_auth'].map((app) => [app, packageRoot])),
      loaded,
      fetch: imageTags,
      agrees: true,
    },
    limits: usualLimits,
    now: () => performance.now(),
  });
  machine.load(`${workRoot}/config/config.exs`);
  machine.call(call.module, 'run', [call.args]);
  return changedTree(files, project);
}

/** What Docker Hub or Hex's builder would list for the image that is asked for; the date in a tag is fixed for each Debian. */
function imageTags(url: string): string | null {
  const [, parameter, prefix, debian] = /[?&](name|tag)=([^&]+-debian-(\w+)-)$/.exec(url) ?? [];
  if (!prefix || !debian) return null;
  const name = `${prefix}${debianDates[debian] ?? usualDate}-slim`;
  const listed = parameter === 'name' ? { results: [{ name }] } : { tags: [{ repo: 'hexpm/elixir', tag: name }] };
  return JSON.stringify(listed);
}

/** The package and the project are compiled before a task runs; tests are not. */
function isSource(path: string, root: string): boolean {
  if (!path.endsWith('.ex')) return false;
  return path.startsWith(`${packageRoot}/lib/`) || path.startsWith(`${root}/lib/`) || isOfUmbrella(path, root);
}

function isOfUmbrella(path: string, root: string): boolean {
  return root.startsWith(`${workRoot}/apps/`) && path.startsWith(`${workRoot}/apps/`) && path.includes('/lib/');
}

function changedTree(files: FileMap, project: FileTree): FileTree {
  const prefix = `${workRoot}/`;
  const changed = [...files.written].flatMap(([path, file]) => {
    const own = path.startsWith(prefix) ? path.slice(prefix.length) : null;
    if (own === null) return [];
    const before = project.bytes(own);
    const isSame = before !== undefined && Buffer.compare(before, file.bytes) === 0;
    return isSame ? [] : [[own, file] as const];
  });
  return memoryTree(new Map(changed));
}
