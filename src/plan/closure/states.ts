import type { Operation } from '../../merge/operation.ts';
import { performAll } from '../../merge/perform.ts';
import type { Workspace } from '../../merge/workspace.ts';
import { isAsset } from '../../symbols/assets/imports.ts';
import { saysOutputs } from '../../symbols/assets/outputs.ts';
import { newInconsistencies } from '../../symbols/inconsistencies.ts';
import type { ProjectIndex } from '../../symbols/index.ts';
import { isIndexed } from '../../symbols/texts.ts';
import type { Inconsistency, Transition } from '../../symbols/transition.ts';
import { withPrerequisites } from '../order.ts';
import type { Step } from '../plan.ts';

/** What a step does, as far as its place among others goes. */
export type Carried = Pick<Step, 'id' | 'after' | 'together' | 'status' | 'operations' | 'edits' | 'commands'>;

/** A project with some steps carried out, the index of it, and the paths at which the last step changed something. */
export interface State {
  readonly workspace: Workspace;
  readonly index: ProjectIndex;
  readonly changed: readonly string[];
}

/** States that were made before, by the edits that led to them: steps of later rounds are mostly those of earlier ones. */
export class KnownStates {
  readonly #states = new Map<string, State | null>();
  readonly #numbers = new WeakMap<Operation, number>();
  #count = 0;

  /** The same for the same operations, whichever step has them. */
  keyOf(steps: readonly Carried[]): string {
    return steps.map(({ operations }) => operations.map((one) => this.#number(one)).join()).join('\n');
  }

  /** The state behind some steps, which `make` makes where nobody has yet. */
  state(key: string, make: () => State | null): State | null {
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = make();
    this.#states.set(key, state);
    return state;
  }

  #number(operation: Operation): number {
    const known = this.#numbers.get(operation);
    if (known !== undefined) return known;
    this.#count += 1;
    this.#numbers.set(operation, this.#count);
    return this.#count;
  }
}

/** The names that the project's own modules begin with, and what packages define. */
export type KnownNames = Pick<Transition, 'own' | 'packages'>;

/** The project as any set of its steps leaves it; each state is made once. */
export class States {
  /** Those that edit something, in the plan's order. */
  readonly steps: readonly Carried[];
  readonly #all: readonly Carried[];
  readonly #names: KnownNames;
  readonly #known: KnownStates;
  readonly #start: State;

  /** `steps` in the plan's order. */
  constructor(start: State, steps: readonly Carried[], names: KnownNames, known: KnownStates) {
    this.steps = steps.filter(({ status, operations }) => status === 'pending' && operations.length > 0);
    this.#all = steps;
    this.#names = names;
    this.#start = start;
    this.#known = known;
  }

  /**
   * Those that change what something else may need. Configuration alone defines nothing, and only names what is there, unless it
   * says where a bundler writes what pages ask for.
   */
  get defining(): readonly Carried[] {
    return this.steps.filter(({ edits }) => edits.some(isDefining));
  }

  /** The steps that come before these, with those of them that these are after. */
  closure(ids: readonly string[]): Carried[] {
    return withPrerequisites(this.steps, new Set(ids));
  }

  /** The first step whose commands update one of these deps, unless it comes after the one that is given. */
  updating(deps: readonly string[], step: string): Carried | undefined {
    const updates = (command: string) =>
      command.startsWith('mix deps.update ') && deps.some((dep) => command.split(' ').includes(dep));
    return this.#all.find(
      ({ id, status, commands }) =>
        status === 'pending' &&
        commands.some(updates) &&
        !withPrerequisites(this.#all, new Set([id])).some((one) => one.id === step),
    );
  }

  /** Whether operations still change something, carried out behind these steps. */
  isEffective(earlier: readonly Carried[], operations: readonly Operation[]): boolean {
    const before = this.after(earlier);
    return before !== null && (this.#performed(before, operations)?.changed.length ?? 0) > 0;
  }

  /** The project after these steps, carried out in the plan's order; null where one of them cannot be. */
  after(steps: readonly Carried[]): State | null {
    const wanted = new Set(steps.map(({ id }) => id));
    return this.#afterAll(this.steps.filter(({ id }) => wanted.has(id)));
  }

  /** What operations leave without its counterpart, carried out behind these steps. */
  broken(earlier: readonly Carried[], operations: readonly Operation[]): readonly Inconsistency[] {
    const before = this.after(earlier);
    const after = before && this.#performed(before, operations);
    if (!before || !after || after.changed.length === 0) return [];
    return newInconsistencies({ before: before.index, after: after.index, changed: after.changed, ...this.#names });
  }

  /** What these steps together leave without its counterpart in the project as it is. */
  brokenAltogether(steps: readonly Carried[]): readonly Inconsistency[] {
    const after = this.after(steps);
    if (after === null) return [];
    const changed = after.workspace.changesSince(this.#start.workspace).map(({ path }) => path);
    return newInconsistencies({ before: this.#start.index, after: after.index, changed, ...this.#names });
  }

  #afterAll(steps: readonly Carried[]): State | null {
    const last = steps.at(-1);
    if (last === undefined) return this.#start;
    return this.#known.state(this.#known.keyOf(steps), () => {
      const earlier = this.#afterAll(steps.slice(0, -1));
      return earlier && this.#performed(earlier, last.operations);
    });
  }

  #performed({ workspace, index }: State, operations: readonly Operation[]): State | null {
    const next = performAll(workspace, operations);
    if ('reason' in next) return null;
    const changed = next.changesSince(workspace).map(({ path }) => path);
    return { workspace: next, index: changed.length === 0 ? index : index.changed(next.tree(), changed), changed };
  }
}

function isDefining({ path, kind, patch }: Carried['edits'][number]): boolean {
  if (saysOutputs(path) && /^[-+].*priv\/static/m.test(patch)) return true;
  if (kind === 'delete' || kind === 'rename' || path.endsWith('package.json')) return true;
  return isAsset(path) || (isIndexed(path) && !/(?:^|\/)config\//.test(path));
}
