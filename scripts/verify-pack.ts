/**
 * Takes every generated project of a directory `VERSION/VARIANT/…` for a user's: flags and version must be found, a plan
 * to its own version must have nothing open, and the edits of a plan to the next minor (and from 1.3.4 to 1.8.8) must
 * leave the target's facts. The same under other names. Prints counts, and what is wrong.
 *
 *     tsx scripts/verify-pack.ts DIRECTORY [VERSION_PREFIX]
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Names } from '../src/elixir/names.ts';
import { readDirectory } from '../src/pristine/directory.ts';
import { flagsOfVariant } from '../src/pristine/flags.ts';
import { namesOf, renameTree, sampleNames } from '../src/pristine/naming.ts';
import { compareVersions, isStable, releaseLine } from '../src/pristine/versions.ts';
import type { FileTree } from '../src/project/tree.ts';
import { conversionFaults, detectionFaults, type Faults, load, standingFaults } from './verification.ts';

const [directory, prefix = ''] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: verify-pack DIRECTORY [VERSION_PREFIX]');
const root = directory;
const versions = readdirSync(root).filter(isStable).sort(compareVersions);
const longest = ['1.3.4', '1.8.8'] as const;

type Check = 'detected' | 'standing' | 'converted' | 'renamed detected' | 'renamed standing' | 'renamed converted';
const counts = new Map<Check, { checked: number; wrong: number }>();

function record(check: Check, name: string, faults: Faults): void {
  const { checked, wrong } = counts.get(check) ?? { checked: 0, wrong: 0 };
  counts.set(check, { checked: checked + 1, wrong: wrong + (faults.length > 0 ? 1 : 0) });
  for (const fault of faults.slice(0, 5)) process.stdout.write(`${check} ${name}: ${fault}\n`);
  if (faults.length > 5) process.stdout.write(`${check} ${name}: and ${faults.length - 5} more\n`);
}

/** The last version of the next minor, and the far end of the longest way, where the variant exists there. */
function targetsOf(version: string, variant: string): string[] {
  const line = releaseLine(version);
  const later = versions.filter((one) => compareVersions(one, version) > 0 && releaseLine(one) !== line);
  const next = later.filter((one) => releaseLine(one) === releaseLine(later[0] ?? '')).at(-1);
  const wanted = [...(next ? [next] : []), ...(version === longest[0] ? [longest[1]] : [])];
  return wanted.filter((one) => existsSync(join(root, one, variant)));
}

function verify(tree: FileTree, version: string, variant: string, kind: '' | 'renamed '): void {
  const name = `${version}/${variant}`;
  const loaded = load(tree);
  record(`${kind}detected`, name, detectionFaults(loaded, version, variant));
  record(`${kind}standing`, name, standingFaults(loaded, version));
  for (const to of targetsOf(version, variant)) {
    record(`${kind}converted`, `${name} to ${to}`, conversionFaults(loaded, version, to));
  }
}

function otherNames(flags: readonly string[]): Names {
  return namesOf('till', flags, { module: 'Acme.Till', webModule: 'Acme.TillFront' });
}

for (const version of versions.filter((one) => one.startsWith(prefix))) {
  for (const variant of readdirSync(join(root, version)).sort()) {
    const flags = flagsOfVariant(variant) ?? [];
    const tree = await readDirectory(join(root, version, variant), () => undefined);
    verify(tree, version, variant, '');
    verify(renameTree(tree, sampleNames(flags), otherNames(flags)), version, variant, 'renamed ');
  }
}
for (const [check, { checked, wrong }] of counts) process.stdout.write(`${check}: ${checked}, ${wrong} wrong\n`);
process.exitCode = [...counts.values()].some(({ wrong }) => wrong > 0) ? 1 : 0;
