import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UpgradeError } from '../../../errors/error.ts';
import type { FileTree } from '../../../project/tree.ts';
import { readDirectory } from '../../directory.ts';
import { flagsFor, flagsOfVariant, variantOf } from '../../flags.ts';
import { sampleNames } from '../../naming.ts';
import { renameProject } from '../../rename.ts';
import { collision, isSafePath } from '../../safe-path.ts';
import { compareVersions, isStable } from '../../versions.ts';
import type { Pristine, PristineRequest, PristineSource } from '../source.ts';

/**
 * Generated projects in plain directories `<version>/<variant>/`, under the names `sample_app` and `SampleApp`;
 * or `pristine/` laid out so, beside `releases/<version>/` with the files for a release. Throws `bad-pack`.
 */
export async function openDirectoryPack(root: string): Promise<PristineSource> {
  const nested = await isDirectory(join(root, 'pristine'));
  const projects = nested ? join(root, 'pristine') : root;
  const releases = nested ? join(root, 'releases') : null;
  const versions = (await readdir(projects)).filter(isStable).sort(compareVersions);
  if (versions.length === 0)
    throw new UpgradeError('bad-pack', { path: root, reason: 'it has no directory VERSION/VARIANT' });
  return {
    kind: 'pack',
    versions: () => Promise.resolve(versions),
    project: (request) => findProject(projects, request),
    release: (request) => (releases === null ? Promise.resolve(null) : findRelease(releases, request)),
  };
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

async function findProject(root: string, request: PristineRequest): Promise<Pristine | null> {
  const versionRoot = join(root, request.version);
  if (!(await isDirectory(versionRoot))) return null;
  const wanted = variantOf(flagsFor(request.version, request.flags).flags);
  const variant = (await readdir(versionRoot)).find((name) => sameVariant(name, wanted));
  return variant === undefined ? null : read(join(versionRoot, variant), request);
}

function sameVariant(name: string, wanted: string): boolean {
  const flags = flagsOfVariant(name);
  return flags !== null && variantOf(flags) === wanted;
}

/** Made from the default project: it fits where the flags change nothing in these files. */
async function findRelease(root: string, request: PristineRequest): Promise<Pristine | null> {
  const directory = join(root, request.version);
  const fits = flagsFor(request.version, request.flags).flags.every((flag) => !changesRelease.has(flag));
  return fits && (await isDirectory(directory)) ? read(directory, request) : null;
}

const changesRelease = new Set(['--umbrella', '--no-ecto', '--no-assets', '--no-esbuild', '--no-tailwind']);

async function read(directory: string, request: PristineRequest): Promise<Pristine> {
  const tree = await readDirectory(directory, (path) => {
    throw new UpgradeError('bad-pack', { path: directory, reason: `${path} is a link or no plain file` });
  });
  refuseUnsafe(tree, directory);
  const named = renameProject(tree, request.version, sampleNames(request.flags), request.names);
  return { kind: 'pack', tree: named, toolchain: null };
}

function refuseUnsafe(tree: FileTree, directory: string): void {
  const unsafe = tree.paths.find((path) => !isSafePath(path)) ?? collision(tree.paths);
  if (tree.paths.length === 0) throw new UpgradeError('bad-pack', { path: directory, reason: 'it is empty' });
  if (unsafe !== null && unsafe !== undefined) {
    throw new UpgradeError('bad-pack', { path: directory, reason: `${unsafe} is no path for every file system` });
  }
}
