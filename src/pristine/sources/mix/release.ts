import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileTree, memoryTree } from '../../../project/tree.ts';
import { readDirectory, withTemporaryDirectory } from '../../directory.ts';
import { flagsFor } from '../../flags.ts';
import { moduleAttribute } from '../../module-attribute.ts';
import type { Cache } from '../cache.ts';
import type { PristineRequest, Progress } from '../source.ts';
import { throwIfFailed } from './installer.ts';
import type { Processes, Toolchain } from './toolchain.ts';

/** Rendering eight small files. */
const renderLimitMs = 60_000;
const fetchLimitMs = 120_000;

/** Where a phoenix package may come from. */
interface PackagePlaces {
  readonly packages: readonly string[];
  readonly cache: Cache;
  readonly offline: boolean;
  readonly processes: Processes;
  readonly progress: Progress;
}

/**
 * A directory with the phoenix package of exactly that version: one given, one fetched before, else fetched from
 * Hex. Null where it cannot be had: release files are then left to the snapshots.
 */
export async function phoenixPackage(version: string, places: PackagePlaces): Promise<string | null> {
  const kept = places.cache.package('phoenix', version);
  for (const directory of [...places.packages, kept]) {
    if ((await packageVersion(directory)) === version) return directory;
  }
  if (places.offline) return null;
  places.progress(`fetching the release templates of Phoenix ${version}`);
  return (await fetchPackage(version, kept, places.processes)) ? kept : null;
}

/** Version of an unpacked package, from the `@version` of its mix.exs; null where there is none. */
async function packageVersion(directory: string): Promise<string | null> {
  const text = await readFile(join(directory, 'mix.exs'), 'utf8').catch(() => null);
  return text === null ? null : moduleAttribute(text, 'version');
}

async function fetchPackage(version: string, directory: string, { run, env, signal }: Processes): Promise<boolean> {
  const unfinished = `${directory}.${process.pid}.unfinished`;
  await mkdir(dirname(directory), { recursive: true });
  try {
    const args = ['hex.package', 'fetch', 'phoenix', version, '--unpack', '--output', unfinished];
    const finished = await run({
      file: 'mix',
      args,
      cwd: dirname(directory),
      env,
      input: '',
      timeoutMs: fetchLimitMs,
      signal,
    });
    if (finished.exitCode !== 0) return false;
    await rm(directory, { recursive: true, force: true });
    await rename(unfinished, directory);
    return true;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** What release files are rendered from. */
export interface ReleaseInput {
  /** Directory of the phoenix package. */
  readonly source: string;
  readonly request: PristineRequest;
  readonly project: FileTree;
  readonly toolchain: Toolchain;
}

/**
 * Stands for the date in a Debian tag. The generator asks Docker Hub for the newest, so its own output changes
 * from day to day; the tags that early versions had in their templates are of this form.
 */
export const debianDates: Readonly<Record<string, string>> = {
  bullseye: '20240904',
  bookworm: '20250908',
  trixie: '20250908',
};
/** For a Debian that is not known yet. */
export const usualDate = '20250908';

/** Evaluates templates with bindings of our own; everything arrives in the arguments, nothing is built into code. */
const script = `
[namespace, app, assets, elixir, otp, debian, date | files] = System.argv()
bindings = [app_namespace: namespace, otp_app: app, assets_dir_exists?: assets == "true", elixir_vsn: elixir,
            otp_vsn: otp, debian: debian, debian_vsn: date]
for [template, target] <- Enum.chunk_every(files, 2) do
  File.mkdir_p!(Path.dirname(target))
  File.write!(target, EEx.eval_file(template, bindings))
end
`;

/**
 * `Dockerfile`, `.dockerignore`, `rel/overlays/bin/*` and `lib/APP/release.ex` as `mix phx.gen.release --docker`
 * writes them, or null for a package without such templates (before 1.6.3). Throws `generator-failed` and the like.
 */
export async function renderRelease(input: ReleaseInput, processes: Processes): Promise<FileTree | null> {
  const templates = join(input.source, 'priv', 'templates', 'phx.gen.release');
  const names: string[] = await readdir(templates).catch(() => []);
  if (!names.includes('Dockerfile.eex')) return null;
  const { version, flags, names: app } = input.request;
  const ecto = !flagsFor(version, flags).flags.includes('--no-ecto');
  const files = targets(app.app, ecto, names.includes('release.ex') ? 'release.ex' : 'release.ex.eex');
  return withTemporaryDirectory(async (directory) => {
    const pairs = files.flatMap(([template, target]) => [join(templates, template), join(directory, target)]);
    const finished = await processes.run({
      file: 'elixir',
      args: ['-e', script, '--', ...(await bindingArgs(input)), ...pairs],
      cwd: directory,
      env: processes.env,
      input: '',
      timeoutMs: renderLimitMs,
      signal: processes.signal,
    });
    const attempt = { task: 'mix phx.gen.release', version, elixir: input.toolchain.elixir, limitMs: renderLimitMs };
    throwIfFailed(finished, attempt);
    return withModes(await readDirectory(directory, () => undefined));
  });
}

/** Template and target of every file; `release` is the name of the template of the release module. */
export function targets(app: string, ecto: boolean, release: string): [string, string][] {
  const always: [string, string][] = [
    ['Dockerfile.eex', 'Dockerfile'],
    ['dockerignore.eex', '.dockerignore'],
    ['rel/server.sh.eex', 'rel/overlays/bin/server'],
    ['rel/server.bat.eex', 'rel/overlays/bin/server.bat'],
  ];
  if (!ecto) return always;
  return [
    ...always,
    ['rel/migrate.sh.eex', 'rel/overlays/bin/migrate'],
    ['rel/migrate.bat.eex', 'rel/overlays/bin/migrate.bat'],
    [release, `lib/${app}/release.ex`],
  ];
}

async function bindingArgs({ source, request, project, toolchain }: ReleaseInput): Promise<string[]> {
  const task = await readFile(join(source, 'lib', 'mix', 'tasks', 'phx.gen.release.ex'), 'utf8').catch(() => '');
  const debian = moduleAttribute(task, 'debian') ?? 'bullseye';
  const hasAssets = project.paths.some((path) => path.startsWith('assets/'));
  const { module, app } = request.names;
  return [module, app, String(hasAssets), toolchain.elixir, toolchain.otp, debian, debianDates[debian] ?? usualDate];
}

/** The generator makes everything below `rel/overlays/bin` executable. */
export function withModes(tree: FileTree): FileTree {
  const files = tree.paths.map((path): [string, { bytes: Uint8Array; executable: boolean }] => [
    path,
    { bytes: tree.bytes(path) ?? new Uint8Array(), executable: path.startsWith('rel/overlays/bin/') },
  ]);
  return memoryTree(new Map(files));
}
