import { parse } from '../../src/elixir/parse.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { shippedPackages } from '../../src/packages/store.ts';
import { chooseSteps, type StepChoice } from '../../src/plan/choose.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import type { FileTree } from '../../src/project/tree.ts';
import { newInconsistencies } from '../../src/symbols/inconsistencies.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';
import { inconsistencies } from '../../test/support/consistency.ts';

/** Steps that somebody may take of a plan, with all that they come after. */
export interface Choice {
  readonly name: string;
  readonly steps: readonly Step[];
}

/**
 * What `apply` takes for each pending step by itself, for the required ones, those and the recommended, the safe ones and all.
 * What waits for a person is no choice.
 */
export function choicesOf(plan: Plan): Choice[] {
  const some = (name: string, choice: StepChoice): Choice[] => {
    const { steps } = chooseSteps(plan, choice);
    return steps.length === 0 ? [] : [{ name, steps }];
  };
  return [
    ...plan.steps.filter(({ status }) => status === 'pending').flatMap(({ id }) => some(id, { steps: [id] })),
    ...some('what is required', { needs: ['required'] }),
    ...some('what is required or recommended', { needs: ['required', 'recommended'] }),
    ...some('what is safe', { all: true }),
    ...some('everything', { review: true }),
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
