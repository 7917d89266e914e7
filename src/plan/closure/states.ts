import type { Operation } from '../../merge/operation.ts';
import { performAll } from '../../merge/perform.ts';
import type { Workspace } from '../../merge/workspace.ts';
import { type Inconsistency, newInconsistencies } from '../../symbols/inconsistencies.ts';
import { ProjectIndex } from '../../symbols/index.ts';
import { withPrerequisites } from '../order.ts';
import type { Step } from '../plan.ts';

/** What a step does, as far as its place among others goes. */
export type Carried = Pick<Step, 'id' | 'after' | 'status' | 'operations' | 'edits'>;

/** A project with some steps carried out, and the index of it. */
export interface State {
  readonly workspace: Workspace;
  readonly index: ProjectIndex;
}

/** The project as any set of its steps leaves it; each state is made once. */
export class States {
  readonly #steps: readonly Carried[];
  readonly #own: readonly string[];
  readonly #known = new Map<string, State | null>();
  readonly #start: State;

  /** `steps` in the plan's order; `own` are the names that the project's own modules begin with. */
  constructor(project: Workspace, index: ProjectIndex, steps: readonly Carried[], own: readonly string[]) {
    this.#steps = steps.filter(({ status, operations }) => status === 'pending' && operations.length > 0);
    this.#own = own;
    this.#start = { workspace: project, index };
  }

  get steps(): readonly Carried[] {
    return this.#steps;
  }

  /** The steps that come before the ones given, themselves left out. */
  before(ids: ReadonlySet<string>): Carried[] {
    return withPrerequisites(this.#steps, ids).filter(({ id }) => !ids.has(id));
  }

  /** The project after these steps, carried out in the plan's order; null where one of them cannot be. */
  after(steps: readonly Carried[]): State | null {
    const wanted = new Set(steps.map(({ id }) => id));
    return this.#afterAll(this.#steps.filter(({ id }) => wanted.has(id)));
  }

  /** What operations leave without its counterpart, carried out on a state. */
  broken(state: State, operations: readonly Operation[]): readonly Inconsistency[] {
    const next = this.#performed(state, operations);
    if (next === null) return [];
    const changed = next.workspace.changesSince(state.workspace).flatMap(({ path, renamedFrom }) => [path, renamedFrom ?? []].flat());
    return newInconsistencies({ before: state.index, after: next.index, changed, own: this.#own });
  }

  #afterAll(steps: readonly Carried[]): State | null {
    const last = steps.at(-1);
    if (last === undefined) return this.#start;
    const key = steps.map(({ id }) => id).join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const earlier = this.#afterAll(steps.slice(0, -1));
    const state = earlier && this.#performed(earlier, last.operations);
    this.#known.set(key, state);
    return state;
  }

  #performed({ workspace, index }: State, operations: readonly Operation[]): State | null {
    const next = performAll(workspace, operations);
    if ('reason' in next) return null;
    const changed = next.changesSince(workspace).flatMap(({ path, renamedFrom }) => [path, renamedFrom ?? []].flat());
    return { workspace: next, index: changed.length === 0 ? index : index.changed(next.tree(), changed) };
  }
}
