import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { scratch } from '../../../support/pristine.ts';

const fixture = resolve(import.meta.dirname, '../../../../fixtures/installer');

/** The two versions of the stand-in installer; Phoenix has neither. */
export const older = '1.6.90';
export const newer = '1.7.90';

/** A directory with both archives, built once for a test file. */
export function standInArchives(): string {
  const directory = scratch('archives');
  for (const version of [older, newer]) build(version, directory);
  return directory;
}

/** Mix writes the archive's own name into it: it must be built under the name it will have. */
function build(version: string, directory: string): void {
  const source = mkdtempSync(join(tmpdir(), 'phx-upgrade-stand-in-'));
  const name = `phx_new-${version}.ez`;
  cpSync(fixture, source, { recursive: true });
  writeFileSync(join(source, 'VERSION'), `${version}\n`);
  const env = { PATH: process.env.PATH, HOME: source, MIX_ENV: 'prod', LC_ALL: 'C.UTF-8' };
  execFileSync('mix', ['archive.build', '--output', name], { cwd: source, env, stdio: 'ignore' });
  renameSync(join(source, name), join(directory, name));
  rmSync(source, { recursive: true, force: true });
}
