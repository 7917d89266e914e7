import { parse } from '../../src/elixir/parse.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { shippedPackages } from '../../src/packages/store.ts';
import { withPrerequisites } from '../../src/plan/order.ts';
import type { Need, Plan, Step } from '../../src/plan/plan.ts';
import type { FileTree } from '../../src/project/tree.ts';
import { newInconsistencies } from '../../src/symbols/inconsistencies.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';
import { inconsistencies } from '../../test/support/consistency.ts';

/** Steps that somebody may take of a plan, with all that they come after. */
export interface Choice {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Each pending step with what it comes after, the required ones, those and the recommended, the safe ones, and all. */
export function choicesOf({ steps }: Plan): Choice[] {
  const pending = steps.filter(({ status }) => status === 'pending');
  const some = (name: string, isWanted: (step: Step) => boolean): Choice => {
    const ids = new Set(pending.filter(isWanted).map(({ id }) => id));
    return { name, steps: withPrerequisites(steps, ids).filter(({ status }) => status === 'pending') };
  };
  const ofNeed =
    (...needs: readonly Need[]) =>
    (step: Step) =>
      needs.includes(step.need);
  return [
    ...pending.map(({ id }) => some(id, (step) => step.id === id)),
    some('what is required', ofNeed('required')),
    some('what is required or recommended', ofNeed('required', 'recommended')),
    some('what is safe', ({ risk }) => risk === 'safe'),
    some('everything', () => true),
  ];
}

/** A generated or a user's project before any step is taken. */
export class StartingPoint {
  readonly #start: Workspace;
  readonly #index: ProjectIndex;
  readonly #own: readonly string[];
  readonly #known: ReadonlySet<string>;

  /** `own` are the names that the project's own modules begin with. */
  constructor(tree: FileTree, own: readonly string[]) {
    this.#start = new Workspace(tree);
    this.#index = ProjectIndex.of(tree);
    this.#own = own;
    this.#known = new Set(inconsistencies(tree));
  }

  /** What does not hold together once the steps are carried out, and did before: in words, with file and line. */
  faultsOf({ steps }: Choice): string[] {
    const done = performAll(
      this.#start,
      steps.flatMap(({ operations }) => operations),
    );
    if ('reason' in done) return [done.reason];
    const tree = done.tree();
    const changed = done.changesSince(this.#start).map(({ path }) => path);
    const after = this.#index.changed(tree, changed);
    const names = newInconsistencies({
      before: this.#index,
      after,
      changed,
      own: this.#own,
      packages: { facts: shippedPackages, locked: new Map() },
    });
    const unread = changed.filter((path) => /\.exs?$/.test(path) && parse(tree.read(path) ?? '').problems.length > 0);
    return [
      ...names.map(({ path, line, message }) => `${path}:${line} ${message}`),
      ...inconsistencies(tree).filter((fault) => !this.#known.has(fault)),
      ...unread.map((path) => `${path} does not parse`),
    ];
  }
}
