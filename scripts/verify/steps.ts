import { join } from 'node:path';
import { openPack } from '../../src/pristine/sources/pack/pack.ts';
import type { PristineSource } from '../../src/pristine/sources/source.ts';
import type { FileTree } from '../../src/project/tree.ts';
import type { Journey } from '../../test/support/convergence.ts';
import { planFor } from '../../test/support/customized.ts';
import { livedIn } from '../../test/support/lived-in.ts';
import { readTree } from '../../test/support/pristine.ts';
import { type Check, type CheckInput, say } from './check.ts';
import { choicesOf, StartingPoint } from './choices.ts';
import { Journeys } from './journeys.ts';

/**
 * Takes each step of plans for generated projects by itself, with what it comes after, then the required ones, those and
 * the recommended, the safe ones and all, and asks of each choice whether the project holds together as it did before.
 * Neighbouring minors and long ways to the newest version, each with text and from snapshots, as generated and with a
 * team's own work in the project. A number takes so many of
 * these ways, evenly spread (24 without it), `all` takes every one; further words are variants to keep to.
 */
export const steps: Check = {
  says: 'no step, and no usual choice of steps, leaves a project less consistent than it was',
  run: hold,
};

/** Versions that many apps stand at, for ways to the newest. */
const oftenUsed = ['1.4.17', '1.5.14', '1.6.16', '1.7.21'];

async function hold({ pack, projects, rest: [amount = '24', ...variants] }: CheckInput): Promise<boolean> {
  const source = await openPack(pack);
  const tally = { plans: 0, choices: 0, broken: 0 };
  for (const journey of chosen(new Journeys(projects), amount, variants)) {
    const generated = readTree(join(projects, journey.from, journey.variant));
    for (const [kind, tree] of projectsOf(generated, journey)) {
      for (const [from, text] of [['with text', source] as const, ['from snapshots', null] as const]) {
        const { checked, faults } = await lookAt(tree, journey, text);
        tally.plans += 1;
        tally.choices += checked;
        tally.broken += faults.length;
        const { from: start, to, variant } = journey;
        for (const fault of faults) say(`${start} → ${to} ${variant}, ${kind}, ${from}: ${fault}`);
      }
    }
  }
  say(`${tally.plans} plans, ${tally.choices} choices of steps, ${tally.broken} that do not hold`);
  return tally.broken === 0;
}

/** A generated project, and the same with work in it where it has pages and lies in one directory. */
function projectsOf(tree: FileTree, { from, variant }: Journey): readonly (readonly [kind: string, tree: FileTree])[] {
  const hasPages = !/umbrella|no-html/.test(variant);
  return [['as generated', tree], ...(hasPages ? [['lived in', livedIn(tree, from)] as const] : [])];
}

function chosen(journeys: Journeys, amount: string, variants: readonly string[]): Journey[] {
  const lasts = journeys.lasts();
  const newest = lasts.at(-1) ?? '';
  const ends = [
    ...lasts.slice(0, -1).map((from, index) => [from, lasts[index + 1] ?? ''] as const),
    ...oftenUsed.filter((from) => journeys.versions.includes(from)).map((from) => [from, newest] as const),
  ];
  const all = ends
    .flatMap(([from, to]) => journeys.between(from, to))
    .filter(({ variant }) => variants.length === 0 || variants.includes(variant));
  return amount === 'all' ? all : spread(all, Number(amount));
}

/** So many of a list, evenly spread over it. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / count);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function lookAt(tree: FileTree, journey: Journey, source: PristineSource | null) {
  const plan = await planFor(tree, journey, source);
  const start = new StartingPoint(tree, ['SampleApp', 'SampleAppWeb']);
  const choices = choicesOf(plan);
  const faults = choices.flatMap((choice) => {
    const [first, ...more] = start.faultsOf(choice);
    return first === undefined ? [] : [`${choice.name}: ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`];
  });
  return { checked: choices.length, faults };
}
