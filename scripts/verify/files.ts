import { join } from 'node:path';
import { travel } from '../../test/merge/files/convergence.ts';
import { readTree } from '../../test/support/pristine.ts';
import { type Check, type CheckInput, say } from './check.ts';
import { drawing, Journeys } from './journeys.ts';

/**
 * Takes the old pristine project for the user's and carries out the plan for whole files: between the last versions of
 * neighbouring minors, from 1.3.4 to 1.8.8, and between 60 pairs drawn with a fixed seed, in every variant that is
 * there for both. The result must be the new project byte for byte (key files aside, where facts decide) with no hunk
 * unaccounted for.
 */
export const files: Check = {
  says: 'whole files become the newer ones byte for byte, and every hunk is accounted for',
  run: arrives,
};

async function arrives({ projects }: CheckInput): Promise<boolean> {
  const journeys = new Journeys(projects);
  const { variants } = journeys;
  let [runs, hunks, failures] = [0, 0, 0];
  for (const variant of variants) {
    for (const [index, [from, to]] of pairsOf(variant, journeys).entries()) {
      const app = index % 2 === 0 ? 'sample_app' : 'atelier';
      const arrival = await travel({ from, to, variant, app }, (version) => readTree(join(projects, version, variant)));
      runs += 1;
      hunks += arrival.hunks;
      if (arrival.different.length + arrival.open.length === 0) continue;
      failures += 1;
      const open = arrival.open.map(({ path, hunk }) => `${path}#${hunk}`);
      say(`${variant} ${from} -> ${to} (${app}): ${[...arrival.different, ...open].join(', ')}`);
    }
  }
  say(`${variants.length} variants, ${runs} journeys, ${hunks} hunks, ${failures} failures`);
  return failures === 0;
}

type Pair = readonly [string, string];

function pairsOf(variant: string, journeys: Journeys): Pair[] {
  const lasts = journeys.lasts(variant);
  const neighbours = lasts.slice(1).map((to, index): Pair => [lasts[index] ?? '', to]);
  const isKnown = ([from, to]: Pair) => journeys.has(from, variant) && journeys.has(to, variant);
  return [...neighbours, ['1.3.4', '1.8.8'] as const, ...drawnPairs(journeys.versions)].filter(isKnown);
}

function drawnPairs(versions: readonly string[]): Pair[] {
  const draw = drawing(20_240_806);
  return Array.from({ length: 60 }, () => {
    const low = draw(versions.length - 1);
    return [versions[low] ?? '', versions[low + 1 + draw(versions.length - 1 - low)] ?? ''];
  });
}
