/**
 * Adds versions of the generator to `snapshots/` from a pack that holds only these, and says what a maintainer must look
 * at: changes that no topic claims, and options that the installer takes and the flags do not know.
 *
 *     tsx scripts/add-version.ts PACK [--installer PHX_NEW_TASK] [--dry-run]
 *
 * PACK is a file of `phx-upgrade pack build`, or a directory or archive laid out as for `scripts/snapshots.ts`.
 * PHX_NEW_TASK is `lib/mix/tasks/phx.new.ex` out of the phx_new package.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settleEnvironment } from '../src/facts/environment.ts';
import { pristineFacts, pristineReleaseFacts } from '../src/facts/extract/pristine.ts';
import { buildSnapshots, type PristineFacts } from '../src/facts/snapshot-builder.ts';
import { variantOf } from '../src/pristine/flags.ts';
import { SnapshotStore } from '../src/pristine/snapshots.ts';
import { readPack } from '../src/pristine/sources/pack/pack.ts';
import { magic } from '../src/pristine/sources/pack/pack-format.ts';
import { compareVersions } from '../src/pristine/versions.ts';
import { unknownSwitches } from './installer-switches.ts';
import { projectsBelow, snapshotFiles, unpacked } from './pack-projects.ts';
import { grownWith, type Stored, storedIn } from './stored-facts.ts';
import { coverageOf, variantHistory } from './topics-coverage.ts';

const directory = join(resolve(import.meta.dirname, '..'), 'snapshots');

/** The new projects, and beside each default one the same with its release files. */
async function newProjects(path: string): Promise<PristineFacts[]> {
  const isPack = statSync(path).isFile() && readFileSync(path).subarray(0, magic.length).toString() === magic;
  if (!isPack) {
    const root = unpacked(path);
    return projectsBelow(existsSync(join(root, 'pristine')) ? join(root, 'pristine') : root);
  }
  const entries = await readPack(path);
  const projects = entries
    .filter(({ part }) => part === 'project')
    .map(({ version, flags, tree }) => ({ version, variant: variantOf(flags), facts: pristineFacts(tree) }));
  const releases = entries.filter(({ part, flags }) => part === 'release' && flags.length === 0);
  return [
    ...projects,
    ...releases.flatMap(({ version, names, tree }) => {
      const base = projects.find((one) => one.version === version && one.variant === 'default')?.facts ?? new Map();
      return [{ version, variant: 'releases', facts: new Map([...base, ...pristineReleaseFacts(tree, names)]) }];
    }),
  ];
}

/** What no topic claims of the changes from the version before each new one. */
function unclaimed(versions: readonly string[]): string[] {
  return ['default', 'umbrella', 'no-assets', 'sqlite3'].flatMap((variant) => {
    const { history, versions: known } = variantHistory(variant);
    return versions.flatMap((version) => {
      const before = known[known.indexOf(version) - 1];
      if (before === undefined) return [];
      const addresses = coverageOf(history, before, version).unclaimed;
      return addresses.map((address) => `${variant}, ${before} → ${version}: ${address}`);
    });
  });
}

function missingIn(projects: readonly PristineFacts[], { versions, projects: stored }: Stored): string[] {
  const given = new Set(projects.map(({ variant }) => variant));
  return stored
    .filter(({ version, variant }) => version === versions.at(-1) && variant !== 'releases' && !given.has(variant))
    .map(({ variant }) => variant);
}

function option(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
}

function report(title: string, lines: readonly string[]): void {
  console.log(`${title}: ${lines.length === 0 ? 'none' : ''}`);
  for (const line of lines) console.log(`  ${line}`);
}

async function main(path: string): Promise<void> {
  const settled = (await newProjects(path)).map(settleEnvironment);
  const projects = settled.map(({ usual }) => usual);
  const added = [...new Set(projects.map(({ version }) => version))].sort(compareVersions);
  const stored: Stored = storedIn(new SnapshotStore());
  const grown = grownWith(stored, { projects, others: settled.flatMap(({ other }) => other) });
  const { index, variants } = buildSnapshots(grown.projects, grown.others, grown.versions);
  if (!process.argv.includes('--dry-run')) {
    for (const [name, text] of snapshotFiles(index, variants)) writeFileSync(join(directory, name), text);
  }
  console.log(`${added.join(', ')}: ${projects.length} projects, ${index.versions.length} versions in all`);
  report('Variants of the newest known version without a project in this pack', missingIn(projects, stored));
  if (!process.argv.includes('--dry-run')) report('Changes that no topic claims', unclaimed(added));
  const installer = option('--installer');
  if (installer !== undefined) report('Options that are not known', unknownSwitches(readFileSync(installer, 'utf8')));
}

const [path] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (import.meta.filename === process.argv[1]) {
  if (path === undefined) throw new Error('Usage: add-version PACK [--installer PHX_NEW_TASK] [--dry-run]');
  await main(resolve(path));
}
