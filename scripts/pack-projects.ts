import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pristineFacts } from '../src/facts/extract/pristine.ts';
import type { PristineFacts } from '../src/facts/snapshot-builder.ts';
import { readDirectory } from '../src/pristine/directory.ts';
import type { SnapshotIndex, VariantSnapshot } from '../src/pristine/snapshots.ts';
import { compareVersions } from '../src/pristine/versions.ts';

/** The directory of a pack: itself, or where its archive was unpacked, until the process ends. */
export function unpacked(path: string): string {
  if (statSync(path).isDirectory()) return path;
  const directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-snapshots-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  execFileSync('tar', ['-xf', path, '-C', directory]);
  return directory;
}

/** The projects of a directory laid out `<version>/<variant>/`. */
export async function projectsBelow(directory: string): Promise<PristineFacts[]> {
  const projects: PristineFacts[] = [];
  for (const version of existsSync(directory) ? readdirSync(directory).sort(compareVersions) : []) {
    for (const variant of readdirSync(join(directory, version)).sort()) {
      const tree = await readDirectory(join(directory, version, variant), () => {});
      projects.push({ version, variant, facts: pristineFacts(tree) });
    }
  }
  return projects;
}

/** One line for each address, so that a change of the snapshots can be read. */
function lines(value: object): string {
  const entries = Object.entries(value).map(([key, inner]) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? `${JSON.stringify(key)}:{\n${Object.entries(inner)
          .map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`)
          .join(',\n')}\n}`
      : `${JSON.stringify(key)}:${JSON.stringify(inner)}`,
  );
  return `{\n${entries.join(',\n')}\n}\n`;
}

/** The files of `snapshots/`, by name. */
export function snapshotFiles(
  index: SnapshotIndex,
  variants: Readonly<Record<string, VariantSnapshot>>,
): Map<string, string> {
  return new Map(Object.entries({ index, ...variants }).map(([name, value]) => [`${name}.json`, lines(value)]));
}
