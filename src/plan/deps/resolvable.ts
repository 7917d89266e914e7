import { type Draft, operationsOf } from '../draft.ts';
import type { DraftContext } from '../draft-pass.ts';
import { heldDraft } from '../held.ts';
import { withPrerequisites } from '../order.ts';
import type { Finding } from '../plan.ts';
import { type Requirements, requirementsAfter, requirementsOf } from './requirements.ts';
import { refusedLines, type Scene, unresolved } from './resolution.ts';

/** Orders and holds settle within a few rounds: each round only adds to them. */
const rounds = 6;

/**
 * A step that raises or adds a dep leaves requirements that resolve, together with the steps it comes after: what its new versions ask
 * for comes before it or along with it. Where nothing in the plan brings that, the step is left to a person, with the lines of `mix.exs`
 * that stand against it. What did not resolve before is nobody's fault.
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
    current = mended(current, mends);
  }
  return current;
}

interface DepMend {
  readonly id: string;
  readonly after: readonly string[];
  readonly together: readonly string[];
  readonly held: readonly Finding[];
}

/** What the project asks for after any of its steps. */
class RequirementStates {
  readonly #drafts: readonly Draft[];
  readonly #start: Requirements;
  readonly #scene: Scene;
  readonly #already: ReadonlySet<string>;
  /** Drafts that change what is asked for. */
  readonly #asking: readonly Draft[];
  /** Whether sets of drafts resolve, by their ids. */
  readonly #known = new Map<string, boolean>();

  constructor(drafts: readonly Draft[], start: Requirements, scene: Scene, already: ReadonlySet<string>) {
    this.#drafts = drafts;
    this.#start = start;
    this.#scene = scene;
    this.#already = already;
    this.#asking = drafts.filter(changesDeps);
  }

  /** What makes a draft resolve that does not; null where nothing has to. */
  mend(draft: Draft): DepMend | null {
    if (!this.#asking.includes(draft) || this.#resolves([draft.id])) return null;
    // What comes before is mended first: that may be all that is missing.
    if (this.#closure([draft.id]).some((one) => one !== draft && this.#isFault(one, draft))) return null;
    const mend = { id: draft.id, after: [], together: [], held: [] };
    const own = this.#closure([draft.id]);
    // What brings little along comes first.
    const size = (id: string) => this.#closure([id]).length;
    const others = this.#asking.flatMap((one) => (own.includes(one) ? [] : one.id)).sort((a, b) => size(a) - size(b));
    const independent = others.filter((id) => !this.#closure([id]).includes(draft));
    const after = this.#fewest(draft.id, independent);
    if (after !== null) return { ...mend, after };
    const together = this.#fewest(draft.id, others);
    if (together !== null) return { ...mend, together };
    return { ...mend, held: refusedLines(this.#after([draft.id]), this.#scene) };
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
    const key = this.#closure(ids)
      .map(({ id }) => id)
      .join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const resolves = [...unresolved(this.#after(ids), this.#scene)].every((name) => this.#already.has(name));
    this.#known.set(key, resolves);
    return resolves;
  }

  #after(ids: readonly string[]): Requirements {
    return requirementsAfter(this.#start, this.#closure(ids).flatMap(operationsOf));
  }

  #closure(ids: readonly string[]): readonly Draft[] {
    return withPrerequisites(this.#drafts, new Set(ids));
  }
}

/** Whether a draft changes which versions of a dep may come. What it takes away binds nobody. */
function changesDeps(draft: Draft): boolean {
  return operationsOf(draft).some(
    ({ kind }) => kind === 'set-requirement' || kind === 'add-dep' || kind === 'replace-dep',
  );
}

function mended(drafts: readonly Draft[], mends: readonly DepMend[]): Draft[] {
  const byId = new Map(mends.map((mend) => [mend.id, mend]));
  return drafts.map((draft) => {
    const mend = byId.get(draft.id);
    const partners = mends.filter(({ together }) => together.includes(draft.id)).map(({ id }) => id);
    const after = [...new Set([...draft.after, ...(mend?.after ?? [])])];
    const together = [...new Set([...(draft.together ?? []), ...(mend?.together ?? []), ...partners])];
    const ordered = { ...draft, after, ...(together.length === 0 ? {} : { together }) };
    return mend && mend.held.length > 0
      ? heldDraft(ordered, mend.held, 'mix.exs would ask for versions that do not fit each other')
      : ordered;
  });
}
