import { newInconsistencies } from '../symbols/inconsistencies.ts';
import { ProjectIndex } from '../symbols/index.ts';
import type { OwnPrefixes } from '../symbols/resolve.ts';
import type { Inconsistency } from '../symbols/transition.ts';
import type { StepChange } from './change-set.ts';
import { type CarriedSteps, type Performable, stepChanges } from './step-changes.ts';
import type { Workspace } from './workspace.ts';

/**
 * Carries out steps as `stepChanges` does, and refuses those with which the project would hold together less than it did,
 * whatever planned them: a name that nothing defines any more, a thing that is there twice. Steps may hold only along
 * with each other, so that it is what all of them leave that counts. `own` are the names that the project's own modules
 * begin with.
 */
export function holdingChanges(
  before: Workspace,
  steps: readonly Performable[],
  own: OwnPrefixes,
  missing: ReadonlySet<string> = new Set(),
): CarriedSteps {
  const index = ProjectIndex.of(before.tree());
  const breaking = new Map<string, string>();
  for (;;) {
    const rest = steps.filter(({ id }) => !breaking.has(id));
    const carried = stepChanges(before, rest, new Set([...missing, ...breaking.keys()]));
    const found = firstBreaking(new Transitions(before, index, own), carried.changes);
    if (found === null) {
      const refused = [...breaking].map(([step, reason]) => ({ step, reason }));
      return { ...carried, refused: [...refused, ...carried.refused] };
    }
    const { path, line, message } = found.broken;
    breaking.set(found.step, `the project would not hold together: ${path}:${line} ${message}`);
  }
}

/** What changes of files would leave without its counterpart, the first of it; null where all holds. `own` is as above. */
export function brokenBy(before: Workspace, changes: readonly StepChange[], own: OwnPrefixes): Inconsistency | null {
  return new Transitions(before, ProjectIndex.of(before.tree()), own).after(changes)[0] ?? null;
}

interface Breaking {
  readonly step: string;
  readonly broken: Inconsistency;
}

/** The step from which on something is broken that still is at the end, with what it is; null where all holds. */
function firstBreaking(transitions: Transitions, changes: readonly StepChange[]): Breaking | null {
  const broken = transitions.after(changes);
  const subjects = new Set(broken.map(({ subject }) => subject));
  if (subjects.size === 0) return null;
  for (const [index, { step }] of changes.entries()) {
    const found = transitions.after(changes.slice(0, index + 1)).find(({ subject }) => subjects.has(subject));
    if (found) return { step, broken: broken.find(({ subject }) => subject === found.subject) ?? found };
  }
  const [last, first] = [changes.at(-1), broken[0]];
  return last && first ? { step: last.step, broken: first } : null;
}

/** What changes leave without its counterpart. */
class Transitions {
  readonly #before: Workspace;
  readonly #index: ProjectIndex;
  readonly #own: OwnPrefixes;

  constructor(before: Workspace, index: ProjectIndex, own: OwnPrefixes) {
    this.#before = before;
    this.#index = index;
    this.#own = own;
  }

  after(changes: readonly StepChange[]): readonly Inconsistency[] {
    const next = this.#before.branch();
    for (const { path, after, executable } of changes.flatMap(({ files }) => files)) {
      if (after === null) next.delete(path);
      else next.writeBytes(path, after, executable);
    }
    const changed = next.changesSince(this.#before).map(({ path }) => path);
    const after = this.#index.changed(next.tree(), changed);
    return newInconsistencies({ before: this.#index, after, changed, own: this.#own, packages: null });
  }
}
