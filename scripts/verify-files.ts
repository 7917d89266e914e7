/**
 * Takes the old pristine project for the user's and carries out the plan for whole files: between the last versions of
 * neighbouring minors, from 1.3.4 to 1.8.8, and between 60 pairs drawn with a fixed seed, in every variant that is
 * there for both. The result must be the new project byte for byte (key files aside, where facts decide) with no hunk
 * unaccounted for. Takes a directory laid out VERSION/VARIANT: `verify-files DIRECTORY`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flagsOfVariant } from '../src/pristine/flags.ts';
import { compareVersions, isStable } from '../src/pristine/versions.ts';
import { travel } from '../test/merge/files/convergence.ts';
import { readTree } from '../test/support/pristine.ts';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('Usage: verify-files DIRECTORY');
const versions = readdirSync(root).filter(isStable).sort(compareVersions);

/** The last version of each minor that is there in a variant. */
function lastOfMinors(variant: string): string[] {
  const minors = new Map<string, string>();
  for (const version of versions.filter((one) => existsSync(join(root ?? '', one, variant))))
    minors.set(version.split('.').slice(0, 2).join('.'), version);
  return [...minors.values()];
}

/** Numbers from 0 up to a bound, the same in every run (a linear congruential generator). */
function drawing(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

function randomPairs(count: number): [string, string][] {
  const draw = drawing(20_240_806);
  return Array.from({ length: count }, () => {
    const low = draw(versions.length - 1);
    return [versions[low] ?? '', versions[low + 1 + draw(versions.length - 1 - low)] ?? ''];
  });
}

const variants = [...new Set(versions.flatMap((version) => readdirSync(join(root, version))))].filter(
  (variant) => flagsOfVariant(variant) !== null,
);
const pairsOf = (variant: string): [string, string][] => {
  const minors = lastOfMinors(variant);
  const neighbours = minors.slice(1).map((to, index): [string, string] => [minors[index] ?? '', to]);
  const known = ([from, to]: [string, string]) =>
    existsSync(join(root, from, variant)) && existsSync(join(root, to, variant));
  return [...neighbours, ['1.3.4', '1.8.8'] as [string, string], ...randomPairs(60)].filter(known);
};

let [runs, hunks, failures] = [0, 0, 0];
for (const variant of variants) {
  for (const [index, [from, to]] of pairsOf(variant).entries()) {
    const app = index % 2 === 0 ? 'sample_app' : 'atelier';
    const arrival = await travel({ from, to, variant, app }, (version) => readTree(join(root, version, variant)));
    runs += 1;
    hunks += arrival.hunks;
    if (arrival.different.length + arrival.open.length === 0) continue;
    failures += 1;
    const open = arrival.open.map(({ path, hunk }) => `${path}#${hunk}`);
    process.stdout.write(`${variant} ${from} -> ${to} (${app}): ${[...arrival.different, ...open].join(', ')}\n`);
  }
}
process.stdout.write(`${variants.length} variants, ${runs} journeys, ${hunks} hunks, ${failures} failures\n`);
process.exitCode = failures === 0 ? 0 : 1;
