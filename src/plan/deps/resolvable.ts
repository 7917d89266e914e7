import { addressOf } from '../../facts/address.ts';
import type { Operation } from '../../merge/operation.ts';
import { type Draft, type DraftItem, operationsOf } from '../draft.ts';
import type { DraftContext } from '../draft-pass.ts';
import { heldDraft } from '../held.ts';
import { withPrerequisites } from '../order.ts';
import type { Finding } from '../plan.ts';
import { type Raise, raisesFor } from './raise.ts';
import { type Requirements, requirementsAfter, requirementsOf, touchesDeps } from './requirements.ts';
import { refusedLines, type Scene, unresolved } from './resolution.ts';

/** Orders, raises and holds settle within a few rounds: each round only adds to them, and raises the lines of one step. */
const rounds = 20;

/**
 * A step that raises or adds a dep leaves requirements that resolve, together with the steps it comes after: what its new versions ask
 * for comes before it or along with it. Where nothing in the plan brings that, the project's own lines of `mix.exs` that stand against it are raised
 * as far as they must; where that does not help, the step is left to a person, with those lines. What did not resolve before is nobody's fault.
 */
export function withResolvableDeps(
  drafts: readonly Draft[],
  { project, packages }: Pick<DraftContext, 'project' | 'packages'>,
): readonly Draft[] {
  const scene = { packages, locked: new Set(project.locked.keys()) };
  const start = requirementsOf(project);
  const already = unresolved(start, scene);
  let current = drafts;
  for (let round = 0; round < rounds; round += 1) {
    const states = new RequirementStates(current, start, scene, already);
    const mends = current.flatMap((draft) => states.mend(draft) ?? []);
    if (mends.length === 0) return current;
    current = mended(current, oneRaise(mends));
  }
  return current;
}

/** The mends of a round. Once a line is raised, others may need no more than to come after that step: they are looked at again. */
function oneRaise(mends: readonly DepMend[]): readonly DepMend[] {
  const raising = mends.filter(({ raises }) => raises.length > 0).sort((a, b) => a.size - b.size)[0];
  return raising === undefined
    ? mends
    : mends.filter((mend) => mend === raising || (mend.raises.length === 0 && mend.held.length === 0));
}

interface DepMend {
  readonly id: string;
  readonly after: readonly string[];
  readonly together: readonly string[];
  /** Own lines of `mix.exs` that it takes along. */
  readonly raises: readonly Raise[];
  readonly held: readonly Finding[];
  /** How many drafts it is carried out with. */
  readonly size: number;
}

/** What the project asks for after any of its steps. */
class RequirementStates {
  readonly #drafts: readonly Draft[];
  readonly #start: Requirements;
  readonly #scene: Scene;
  readonly #already: ReadonlySet<string>;
  /** Drafts that change what is asked for. */
  readonly #asking: readonly Draft[];
  /** Drafts that change or take away what is asked for, with the operations that do. */
  readonly #touching: ReadonlyMap<Draft, readonly Operation[]>;
  /** Whether sets of drafts resolve, by the ids of those that touch what is asked for. */
  readonly #known = new Map<string, boolean>();

  constructor(drafts: readonly Draft[], start: Requirements, scene: Scene, already: ReadonlySet<string>) {
    this.#drafts = drafts;
    this.#start = start;
    this.#scene = scene;
    this.#already = already;
    this.#asking = drafts.filter(changesDeps);
    const touching = drafts.map((draft) => [draft, operationsOf(draft).filter(touchesDeps)] as const);
    this.#touching = new Map(touching.filter(([, operations]) => operations.length > 0));
  }

  /** What makes a draft resolve that does not; null where nothing has to. */
  mend(draft: Draft): DepMend | null {
    if (!this.#asking.includes(draft) || this.#resolves([draft.id])) return null;
    // What comes before is mended first: that may be all that is missing.
    if (this.#closure([draft.id]).some((one) => one !== draft && this.#isFault(one, draft))) return null;
    const own = this.#closure([draft.id]);
    const mend = { id: draft.id, after: [], together: [], raises: [], held: [], size: own.length };
    // What brings little along comes first.
    const size = (id: string) => this.#closure([id]).length;
    const others = this.#asking.flatMap((one) => (own.includes(one) ? [] : one.id)).sort((a, b) => size(a) - size(b));
    const independent = others.filter((id) => !this.#closure([id]).includes(draft));
    const after = this.#fewest(draft.id, independent);
    if (after !== null) return { ...mend, after };
    const together = this.#fewest(draft.id, others);
    if (together !== null) return { ...mend, together };
    const raises = this.#raises(draft.id);
    return raises === null
      ? { ...mend, held: refusedLines(this.#after([draft.id]), this.#scene) }
      : { ...mend, raises };
  }

  /** The lines that a draft raises so that it resolves; null where that does not help. */
  #raises(id: string): readonly Raise[] | null {
    const operations = this.#closure([id]).flatMap(operationsOf);
    const settled = new Set(operations.flatMap((one) => (one.kind === 'set-requirement' ? [one.dep] : [])));
    return raisesFor(this.#after([id]), this.#scene, { settled, already: this.#already });
  }

  /** Whether an earlier draft does not resolve by itself. */
  #isFault(earlier: Draft, draft: Draft): boolean {
    return (
      this.#asking.includes(earlier) && !this.#closure([earlier.id]).includes(draft) && !this.#resolves([earlier.id])
    );
  }

  /** The fewest drafts with which one resolves; null where all of them will not do. */
  #fewest(id: string, others: readonly string[]): string[] | null {
    const alone = others.find((one) => this.#resolves([id, one]));
    if (alone !== undefined) return [alone];
    if (!this.#resolves([id, ...others])) return null;
    let chosen = [...others];
    for (const one of others) {
      const fewer = chosen.filter((other) => other !== one);
      if (this.#resolves([id, ...fewer])) chosen = fewer;
    }
    return chosen;
  }

  #resolves(ids: readonly string[]): boolean {
    const touching = this.#closure(ids).filter((draft) => this.#touching.has(draft));
    const key = touching.map(({ id }) => id).join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const resolves = [...unresolved(this.#after(ids), this.#scene)].every((name) => this.#already.has(name));
    this.#known.set(key, resolves);
    return resolves;
  }

  #after(ids: readonly string[]): Requirements {
    const operations = this.#closure(ids).flatMap((draft) => this.#touching.get(draft) ?? []);
    return requirementsAfter(this.#start, operations);
  }

  #closure(ids: readonly string[]): readonly Draft[] {
    return withPrerequisites(this.#drafts, new Set(ids));
  }
}

/** Whether a draft changes which versions of a dep may come. What it takes away binds nobody. */
function changesDeps(draft: Draft): boolean {
  return operationsOf(draft).some((operation) => touchesDeps(operation) && operation.kind !== 'remove-dep');
}

function mended(drafts: readonly Draft[], mends: readonly DepMend[]): Draft[] {
  const byId = new Map(mends.map((mend) => [mend.id, mend]));
  return drafts.map((draft) => {
    const mend = byId.get(draft.id);
    const partners = mends.filter(({ together }) => together.includes(draft.id)).map(({ id }) => id);
    const after = [...new Set([...draft.after, ...(mend?.after ?? [])])];
    const together = [...new Set([...(draft.together ?? []), ...(mend?.together ?? []), ...partners])];
    const ordered = withRaised({ ...draft, after, ...(together.length === 0 ? {} : { together }) }, mend?.raises ?? []);
    return mend && mend.held.length > 0
      ? heldDraft(ordered, mend.held, 'mix.exs would ask for versions that do not fit each other')
      : ordered;
  });
}

/** A draft that raises own lines along with what it does. They may reach a version that breaks something: a person looks. */
function withRaised(draft: Draft, raises: readonly Raise[]): Draft {
  if (raises.length === 0) return draft;
  return {
    ...draft,
    items: [...draft.items, ...raises.map(raisedItem)],
    risk: draft.risk === 'safe' ? 'review' : draft.risk,
  };
}

function raisedItem({ path, line, dep, from, to, cause }: Raise): DraftItem {
  const text = (requirement: string) => JSON.stringify(requirement);
  return {
    change: {
      address: addressOf('deps', null, [dep]).text,
      verdict: 'pending',
      base: null,
      yours: text(from),
      target: text(to),
      at: { path, line },
      note: cause ?? 'what is asked for beside it takes no older version',
    },
    operations: [{ kind: 'set-requirement', path, dep, requirement: to }],
    conflicts: [],
    backlog: false,
    since: null,
    review: true,
  };
}
