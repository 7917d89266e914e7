import { elixirTopic } from '../topics/needed-elixir.ts';
import { neededBy } from './order.ts';
import type { Area, Plan, Step } from './plan.ts';
import { stepsAhead } from './sections.ts';

/** The stretches of an upgrade, in order: each ends in a state that can be checked and kept. */
export const phaseIds = ['before', 'packages', 'compile', 'deploy', 'modernise', 'looks'] as const;
export type PhaseId = (typeof phaseIds)[number];

/** A stretch of the upgrade with the steps ahead. */
export interface Phase {
  readonly id: PhaseId;
  readonly title: string;
  /** Ids of its steps, in the plan's order. */
  readonly steps: readonly string[];
  /** Commands that show that the phase is done. */
  readonly check: readonly string[];
}

const phases: Readonly<Record<PhaseId, { readonly title: string; readonly check: readonly string[] }>> = {
  before: { title: 'Before you start', check: ['git status --short', 'mix test'] },
  packages: { title: 'Move the packages', check: ['mix deps.get', 'mix deps.compile'] },
  compile: { title: 'Make it compile', check: ['mix compile'] },
  deploy: { title: 'Make it boot and deploy', check: ['mix test', 'mix phx.server'] },
  modernise: { title: 'Modernise', check: ['mix test'] },
  looks: { title: 'Looks', check: ['mix format --check-formatted'] },
};

/** Of what is required: whether it shows when the app is compiled or only when it is started. */
const startedAreas: ReadonlySet<Area> = new Set(['config', 'supervision', 'endpoint', 'releases', 'docker', 'deploy']);

/** Topics that are about the tools that everything else is run with. */
const toolTopics: ReadonlySet<string> = new Set([
  elixirTopic,
  'version-too-old',
  'elixir-otp-pair',
  'version-disagreement',
]);

function ownPhase({ id, area, need }: Step): PhaseId {
  if (need === 'cosmetic') return 'looks';
  if (toolTopics.has(id)) return 'before';
  if (area === 'deps') return 'packages';
  if (need === 'recommended') return 'modernise';
  return startedAreas.has(area) ? 'deploy' : 'compile';
}

/** The phase of each step ahead, by id, in the plan's order; what another step comes after is no later than that one. */
export function phaseOfSteps(plan: Pick<Plan, 'steps'>): ReadonlyMap<string, PhaseId> {
  const ahead = stepsAhead(plan);
  const ranks = new Map(ahead.map((step) => [step.id, phaseIds.indexOf(ownPhase(step))]));
  for (const { id, after } of ahead.toReversed()) {
    const rank = ranks.get(id) ?? 0;
    for (const earlier of after) {
      const own = ranks.get(earlier);
      if (own !== undefined && own > rank) ranks.set(earlier, rank);
    }
  }
  return new Map([...ranks].map(([id, rank]) => [id, phaseIds[rank] ?? 'looks']));
}

/** Steps in stretches of one phase each, in the order of the phases, every step behind all that it needs. */
export function inPhases(plan: Pick<Plan, 'steps'>, steps: readonly Step[]): readonly (readonly Step[])[] {
  const phaseOf = phaseOfSteps(plan);
  // What was left over from before is in no phase: it comes last unless something needs it.
  const ranks = new Map(steps.map(({ id }) => [id, phaseIds.indexOf(phaseOf.get(id) ?? 'looks')]));
  let isSettled = false;
  while (!isSettled) {
    isSettled = true;
    for (const step of steps) {
      const rank = ranks.get(step.id) ?? 0;
      for (const id of neededBy(step)) {
        if ((ranks.get(id) ?? 0) <= rank) continue;
        ranks.set(id, rank);
        isSettled = false;
      }
    }
  }
  const groups = phaseIds.map((_, rank) => steps.filter(({ id }) => ranks.get(id) === rank));
  return groups.filter(({ length }) => length > 0);
}

/** The way through a plan: the phases that have steps ahead, behind the one before them all; none where nothing is ahead. */
export function phasesOf(plan: Pick<Plan, 'steps'>): readonly Phase[] {
  const phaseOf = phaseOfSteps(plan);
  if (phaseOf.size === 0) return [];
  return phaseIds
    .map((id) => {
      const steps = [...phaseOf].filter(([, phase]) => phase === id).map(([step]) => step);
      return { id, ...phases[id], steps };
    })
    .filter(({ id, steps }) => id === 'before' || steps.length > 0);
}
