/**
 * Builds `snapshots/` from a pack of generated projects, or checks that it matches. The directory or `.tar.xz` holds
 * `pristine/<version>/<variant>/…`, `published/…`, the same from other machines, and `releases/<version>/…`, what
 * `mix phx.gen.release --docker` adds to the default project.
 *
 *     tsx scripts/snapshots.ts [--check] [PACK]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settleEnvironment } from '../src/facts/environment.ts';
import { pristineReleaseFacts } from '../src/facts/extract/pristine.ts';
import { buildSnapshots, type PristineFacts } from '../src/facts/snapshot-builder.ts';
import { readDirectory } from '../src/pristine/directory.ts';
import { compareVersions } from '../src/pristine/versions.ts';
import { readProject } from '../src/project/project.ts';
import { projectsBelow, snapshotFiles, unpacked } from './pack-projects.ts';

const root = resolve(import.meta.dirname, '..');
const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const pack = resolve(given ?? join(root, '../shared/pristine/pristine.tar.xz'));

/**
 * The default projects with their release files. Versions newer than the last one of which those are known get its
 * release facts: they are the newest that anybody has.
 */
async function projectsWithReleases(source: string, defaults: readonly PristineFacts[]): Promise<PristineFacts[]> {
  const projects: PristineFacts[] = [];
  let release: ReadonlyMap<string, string> | null = null;
  for (const { version, variant, facts } of defaults) {
    const directory = join(source, 'releases', version);
    if (existsSync(directory)) {
      const { names } = readProject(await readDirectory(join(source, 'pristine', version, variant), () => {}));
      release = pristineReleaseFacts(await readDirectory(directory, () => {}), names);
    }
    if (release) projects.push({ version, variant: 'releases', facts: new Map([...facts, ...release]) });
  }
  return projects;
}

const source = unpacked(pack);
const projects = await projectsBelow(join(source, 'pristine'));
const others = await projectsBelow(join(source, 'published'));
const versions = [...new Set(projects.map(({ version }) => version))].sort(compareVersions);
const settled = projects.map(settleEnvironment);
const usual = settled.map((one) => one.usual);
const released = await projectsWithReleases(
  source,
  usual.filter(({ variant }) => variant === 'default'),
);
const { index, variants } = buildSnapshots(
  [...usual, ...released],
  [...others, ...settled.flatMap(({ other }) => other)],
  versions,
);
const files = snapshotFiles(index, variants);

const directory = join(root, 'snapshots');
// `packages/` beside them is made from the packages themselves: scripts/package-facts.ts.
const present = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : [];
if (process.argv.includes('--check')) {
  const differing = [...new Set([...files.keys(), ...present])].filter(
    (name) => !present.includes(name) || readFileSync(join(directory, name), 'utf8') !== files.get(name),
  );
  console.log(
    differing.length === 0 ? `snapshots match ${projects.length} projects` : `differ: ${differing.join(', ')}`,
  );
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  mkdirSync(directory, { recursive: true });
  for (const name of present) rmSync(join(directory, name));
  for (const [name, text] of files) writeFileSync(join(directory, name), text);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  console.log(`${projects.length} projects, ${versions.length} versions, ${files.size} files, ${bytes} bytes`);
}
