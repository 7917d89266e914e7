import { Workspace } from '../../merge/workspace.ts';
import type { FileTree } from '../../project/tree.ts';
import { ProjectIndex } from '../../symbols/index.ts';
import { type CarriedOut, carryOut } from '../carry-out.ts';
import type { Draft, DraftItem } from '../draft.ts';
import { heldDraft, heldItem } from '../held.ts';
import { type CarriedOutSteps, stepsOf } from '../steps.ts';
import { type Held, type Mend, type Moved, mendOf } from './mend.ts';
import { type KnownNames, KnownStates, States } from './states.ts';

/** Orders and holds settle within a few rounds: each round only adds to them. */
const rounds = 6;
const note = 'the project would not hold together';

/**
 * Orders drafts and carries them out so that each step, together with those it comes after, leaves the project no less
 * consistent than it found it. What is missing comes before the step or along with it; where nothing in the plan brings
 * it, the change is left to a person, with the places that still need what would go.
 */
export function closedSteps(drafts: readonly Draft[], tree: FileTree, names: KnownNames): CarriedOutSteps {
  const project = new Workspace(tree);
  const start = { workspace: project, index: ProjectIndex.of(tree), changed: [] };
  const [states, carry] = [new KnownStates(), rememberedCarrying()];
  /** Steps that held, with those that they were carried out behind: nothing to look at again while these are the same. */
  const known = new Map<string, string>();
  let current = drafts;
  let carried = stepsOf(current, project, [], carry);
  for (let round = 0; round < rounds; round += 1) {
    const mends = mendsOf(new States(start, carried.steps, names, states), current, known);
    if (mends.length === 0) return carried;
    if (mends.some(({ held, moved }) => held !== null || moved !== null)) known.clear();
    current = mended(current, mends);
    carried = stepsOf(current, project, [], carry);
  }
  return carried;
}

/** Carries out only once what was carried out before with the same edits on the same files. */
function rememberedCarrying(): typeof carryOut {
  const known = new WeakMap<Workspace, Map<string, Draft & { readonly done: CarriedOut }>>();
  return (draft, before) => {
    const drafts = known.get(before) ?? new Map<string, Draft & { readonly done: CarriedOut }>();
    known.set(before, drafts);
    const same = drafts.get(draft.id);
    if (same?.items === draft.items && same.operations === draft.operations) {
      const { items, risk, why } = same.done.draft;
      return { ...same.done, draft: { ...draft, items, risk, why } };
    }
    const done = carryOut(draft, before);
    drafts.set(draft.id, { ...draft, done });
    return done;
  };
}

/** What makes the steps hold that do not. Of steps that only hold together, the first one speaks for all. */
function mendsOf(states: States, drafts: readonly Draft[], known: Map<string, string>): Mend[] {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]));
  const spoken = new Set<string>();
  /** Steps that others have come to be after, with those others: the other way round is for the next round to see. */
  const behind = new Map<string, readonly string[]>();
  return states.defining.flatMap((step) => {
    const closure = states.closure([step.id]).map(({ id }) => id);
    const key = closure.join('\n');
    if (spoken.has(step.id) || known.get(step.id) === key) return [];
    const mend = mendOf(step, states, byId);
    if (mend === null) known.set(step.id, key);
    for (const id of mend?.together ?? []) spoken.add(id);
    if (mend === null || mend.after.some((id) => behind.get(step.id)?.includes(id))) return [];
    for (const { id } of states.closure([step.id, ...mend.after])) {
      if (id !== step.id) behind.set(id, [...(behind.get(id) ?? []), step.id]);
    }
    return mend;
  });
}

function mended(drafts: readonly Draft[], mends: readonly Mend[]): Draft[] {
  const byStep = new Map(mends.map((mend) => [mend.step, mend]));
  const moved = mends.flatMap((mend) => mend.moved ?? []);
  const partners = (id: string) => mends.filter(({ together }) => together.includes(id)).map(({ step }) => step);
  return drafts.map((draft) => {
    const mend = byStep.get(draft.id);
    const after = union(draft.after, mend?.after ?? []);
    const together = union(draft.together ?? [], mend?.together ?? [], partners(draft.id));
    return withHeld({ ...withMoved(draft, moved), after, together }, mend?.held ?? null);
  });
}

/** A draft with the changes that come to it, and without those that go to others. */
function withMoved(draft: Draft, moved: readonly Moved[]): Draft {
  const gone = new Set(moved.flatMap(({ items }) => items));
  const come = moved.flatMap(({ items, to }) => (to === draft.id ? items : []));
  if (come.length === 0 && !draft.items.some((item) => gone.has(item))) return draft;
  return { ...draft, items: [...draft.items.filter((item) => !gone.has(item)), ...come] };
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function withHeld(draft: Draft, held: Held | null): Draft {
  if (held === null) return draft;
  const { items } = held;
  const by = held.by.map(({ path, line, message }) => ({ path, line, message }));
  if (items === 'all') {
    const rest = draft.items.map((item) => staying(item, held.by) ?? item);
    return heldDraft({ ...draft, items: rest }, by, note);
  }
  const own = (item: DraftItem) => staying(item, held.by) ?? heldItem(item, by, note);
  return { ...draft, items: draft.items.map((item) => (items.includes(item) ? own(item) : item)) };
}

/** A file that simply stays, as a test does while its code is there: nobody has to do anything. Null for any other change. */
function staying(item: DraftItem, by: Held['by']): DraftItem | null {
  const [operation, second] = item.operations;
  if (operation?.kind !== 'delete-file' || second !== undefined) return null;
  const fault = by.find(({ removal }) => removal === operation.path);
  return fault
    ? { ...item, operations: [], change: { ...item.change, verdict: 'declined', note: `stays with ${fault.path}` } }
    : null;
}
