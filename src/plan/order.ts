import { needs, type Step } from './plan.ts';

type Orderable = Pick<Step, 'id' | 'after' | 'need' | 'backlog' | 'since'>;

/**
 * Orders steps so that each comes behind those it is `after`: required first, then recommended, then cosmetic, the
 * backlog last within each, older versions before newer ones. A circle of `after` is broken at its last step.
 */
export function inOrder<T extends Orderable>(
  steps: readonly T[],
  compareVersions: (a: string, b: string) => number,
): T[] {
  const rank = (step: T) => needs.indexOf(step.need) * 2 + (step.backlog ? 1 : 0);
  const sorted = [...steps].sort(
    (a, b) =>
      rank(a) - rank(b) || compareVersions(a.since ?? '0', b.since ?? '0') || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const byId = new Map(sorted.map((step) => [step.id, step]));
  const ordered = new Set<T>();
  const entered = new Set<T>();
  const visit = (step: T) => {
    if (entered.has(step)) return;
    entered.add(step);
    for (const id of step.after) {
      const earlier = byId.get(id);
      if (earlier) visit(earlier);
    }
    ordered.add(step);
  };
  for (const step of sorted) visit(step);
  return [...ordered];
}

/** The steps that one needs: those it comes after, and those that only hold along with it. */
export function neededBy({ after, together = [] }: Pick<Step, 'after' | 'together'>): readonly string[] {
  return together.length === 0 ? after : [...after, ...together];
}

/** The chosen steps with all that they need, in the plan's order. */
export function withPrerequisites<T extends Pick<Step, 'id' | 'after' | 'together'>>(
  steps: readonly T[],
  chosen: ReadonlySet<string>,
): T[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const wanted = new Set<string>();
  const want = (id: string) => {
    if (wanted.has(id)) return;
    wanted.add(id);
    const step = byId.get(id);
    for (const needed of step ? neededBy(step) : []) want(needed);
  };
  for (const id of chosen) want(id);
  return steps.filter((step) => wanted.has(step.id));
}
