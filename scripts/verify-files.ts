/**
 * Takes the old pristine project for the user's and carries out the plan for whole files: between the last versions of
 * neighbouring minors, from 1.3.4 to 1.8.8, and between 60 pairs drawn with a fixed seed, in every variant that is
 * there for both. The result must be the new project byte for byte (key files aside, where facts decide) with no hunk
 * unaccounted for. Takes a directory laid out VERSION/VARIANT: `verify-files DIRECTORY`.
 */
import { join } from 'node:path';
import { travel } from '../test/merge/files/convergence.ts';
import { readTree } from '../test/support/pristine.ts';
import { drawing, Journeys } from './journeys.ts';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('Usage: verify-files DIRECTORY');
const journeys = new Journeys(root);
const { versions } = journeys;

function drawnPairs(): [string, string][] {
  const draw = drawing(20_240_806);
  return Array.from({ length: 60 }, () => {
    const low = draw(versions.length - 1);
    return [versions[low] ?? '', versions[low + 1 + draw(versions.length - 1 - low)] ?? ''];
  });
}

const pairsOf = (variant: string): [string, string][] => {
  const lasts = journeys.lasts(variant);
  const neighbours = lasts.slice(1).map((to, index): [string, string] => [lasts[index] ?? '', to]);
  const known = ([from, to]: [string, string]) => journeys.has(from, variant) && journeys.has(to, variant);
  return [...neighbours, ['1.3.4', '1.8.8'] as [string, string], ...drawnPairs()].filter(known);
};

const { variants } = journeys;
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
