import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { explained, writeTree } from './directory.ts';
import { secretLength, withFreshSecrets } from './secrets.ts';
import { obtain, obtainGenerated } from './sources/select.ts';
import type { GeneratorRequest, Pristine, PristineRequest, PristineSource } from './sources/source.ts';

/**
 * Writes one pristine project, after the generators that are asked for, into a directory that is new or empty: whole or not at all, with secrets of its own made of
 * `random` bytes. Throws `directory-not-empty`, `no-space`, and what `obtain` throws.
 */
export async function writeProject(
  sources: readonly PristineSource[],
  request: PristineRequest & Partial<GeneratorRequest>,
  directory: string,
  random: (length: number) => Uint8Array,
): Promise<Pristine> {
  const target = resolve(directory);
  await refuseFilled(target);
  const { calls = [] } = request;
  const obtained =
    calls.length > 0 ? await obtainGenerated(sources, { ...request, calls }) : await obtain(sources, request);
  const fresh = (key: string) =>
    Buffer.from(random(secretLength(key)))
      .toString('base64')
      .slice(0, secretLength(key));
  const pristine = { ...obtained, tree: withFreshSecrets(obtained.tree, fresh) };
  const unfinished = `${target}.${process.pid}.unfinished`;
  try {
    await mkdir(dirname(target), { recursive: true });
    writeTree(pristine.tree, unfinished);
    await rm(target, { recursive: true, force: true });
    await rename(unfinished, target);
  } catch (error) {
    throw explained(error, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return pristine;
}

async function refuseFilled(directory: string): Promise<void> {
  const names: string[] | null = await readdir(directory).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : null,
  );
  if (names === null || names.length > 0) throw new UpgradeError('directory-not-empty', { path: directory });
}
