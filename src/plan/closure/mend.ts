import type { Operation } from '../../merge/operation.ts';
import type { Inconsistency } from '../../symbols/transition.ts';
import { needs } from '../../topics/topic.ts';
import type { Draft, DraftItem } from '../draft.ts';
import type { Carried, States } from './states.ts';

/** What makes a step hold: others before it, others along with it, or changes left to a person. */
export interface Mend {
  readonly step: string;
  /** Steps that come before it. */
  readonly after: readonly string[];
  /** Steps that hold only along with it, as it holds only along with them. */
  readonly together: readonly string[];
  /** What would leave the project broken, and where. */
  readonly held: Held | null;
  /** Changes that belong to another step, which brings what they need. */
  readonly moved: Moved | null;
}

/** Changes, and the step that they go to. */
export interface Moved {
  readonly items: readonly DraftItem[];
  readonly to: string;
}

/** Changes that are left to a person; `all` where it is the whole step. */
export interface Held {
  readonly items: readonly DraftItem[] | 'all';
  readonly by: readonly Inconsistency[];
}

/** How a step that leaves something without its counterpart is made to hold; null where it holds as it is. */
export function mendOf(step: Carried, states: States, drafts: ReadonlyMap<string, Draft>): Mend | null {
  const earlier = states.closure([step.id]).filter(({ id }) => id !== step.id);
  const mend = { step: step.id, after: [], together: [], held: null, moved: null };
  const enabling = enablingStep(step, earlier, states);
  if (enabling !== null) return { ...mend, after: [enabling.id] };
  const broken = states.broken(earlier, step.operations);
  if (broken.length === 0) return null;
  const { after, left } = behind(step, broken, states);
  if (after.length > 0 && grave(left).length === 0) return { ...mend, after };
  if (grave(broken).length === 0) return behindUpdate(step, broken, states);
  const together = alongWith(step, states);
  const draft = drafts.get(step.id);
  const taste = together?.find((id) => isLess(drafts.get(id), draft));
  if (together !== null && taste === undefined) return { ...mend, together };
  const held = heldBehind(step, draft, states, { after, by: grave(left) });
  const { items } = held.held;
  if (together === null || taste === undefined) return { ...mend, ...held };
  // What is needed brings along a matter of taste only where nothing of it would be left otherwise.
  return items === 'all' ? { ...mend, together } : { ...mend, after: held.after, moved: { items, to: taste } };
}

/**
 * The step that gives a rewrite something to do: alone, what it was planned to rewrite is not yet so that it can be proved. Null where
 * it has something to do anyway.
 */
function enablingStep(step: Carried, earlier: readonly Carried[], states: States): Carried | null {
  if (!step.operations.every(({ kind }) => kind === 'rewrite')) return null;
  if (states.isEffective(earlier, step.operations)) return null;
  const paths = new Set(step.edits.map(({ path }) => path));
  const before = states.steps.slice(0, states.steps.indexOf(step));
  const found = before.find(
    (one) =>
      !earlier.includes(one) &&
      one.edits.some(({ path }) => paths.has(path)) &&
      states.isEffective(without(states.closure([step.id, one.id]), step.id), step.operations),
  );
  return found ?? null;
}

function isLess(one: Draft | undefined, other: Draft | undefined): boolean {
  return one !== undefined && other !== undefined && needs.indexOf(one.need) > needs.indexOf(other.need);
}

/** What is left to a person where no other step brings all that is missing, behind those that bring some of it. */
function heldBehind(
  step: Carried,
  draft: Draft | undefined,
  states: States,
  { after, by }: { readonly after: readonly string[]; readonly by: readonly Inconsistency[] },
) {
  const before = (ids: readonly string[]) => without(states.closure([step.id, ...ids]), step.id);
  const { items, rest } = heldItems(step, draft, states, before(after));
  const isNeeded = (id: string) => {
    const others = before(after.filter((one) => one !== id));
    return grave(states.broken(others, rest)).length > 0;
  };
  return { after: items === 'all' ? [] : after.filter(isNeeded), held: { items, by } };
}

/** A step comes behind the one whose commands update what it needs; where none does, any update may have brought it. */
function behindUpdate(step: Carried, broken: readonly Inconsistency[], states: States): Mend | null {
  const deps = broken.flatMap(({ subject }) => /^\{:(\w+),$/.exec(subject)?.[1] ?? []);
  const updating = states.updating(deps, step.id);
  if (updating === undefined || step.after.includes(updating.id)) return null;
  return { step: step.id, after: [updating.id], together: [], held: null, moved: null };
}

/** What a step is held for. What an update may bring as well is only a reason to come behind it. */
function grave(broken: readonly Inconsistency[]): readonly Inconsistency[] {
  return broken.filter(({ isAllowed }) => !isAllowed);
}

/** Steps beside the given ones that edit a place that is broken, or speak of what is missing. */
function suppliersOf(broken: readonly Inconsistency[], known: readonly Carried[], states: States): Carried[] {
  const words = [...new Set(broken.map(({ subject }) => wordOf(subject)))];
  const paths = new Set(broken.map(({ path }) => path));
  const ids = new Set(known.map(({ id }) => id));
  const found = states.steps.filter(
    ({ id, edits }) =>
      !ids.has(id) &&
      edits.some(
        ({ path, patch }) => paths.has(path) || words.some((word) => patch.includes(word) || path.includes(word)),
      ),
  );
  // Who writes what is missing is a better choice than who edits beside it.
  const writes = ({ edits }: Carried) => edits.some(({ patch }) => words.some((word) => adds(patch, word)));
  return [...found.filter(writes), ...found.filter((one) => !writes(one))];
}

function adds(patch: string, word: string): boolean {
  return patch.includes(word) && patch.split('\n').some((line) => line.startsWith('+') && line.includes(word));
}

/** `Layouts` of `ShopWeb.Layouts`, `app` of `ShopWeb.Layouts.app/1`, `home` of `the template home of …`; an asset by its whole path. */
function wordOf(subject: string): string {
  if (subject.startsWith('/')) return subject;
  const [, template] = /^the template (\S+) of/.exec(subject) ?? [];
  return template ?? /([\w?!~]+)(?:\/\d+)?$/.exec(subject)?.[1] ?? subject;
}

/** Steps that bring what this one lacks and do not themselves come after it, and what is missing behind them. */
function behind(step: Carried, broken: readonly Inconsistency[], states: States) {
  const chosen: string[] = [];
  let left = broken;
  for (const { id } of suppliersOf(broken, states.closure([step.id]), states)) {
    const closure = states.closure([step.id, ...chosen, id]);
    if (states.closure([id]).some((one) => one.id === step.id)) continue;
    const before = without(closure, step.id);
    const now = states.broken(before, step.operations);
    // What leaves this one nothing to do takes its place rather than bringing what it lacks.
    if (now.length >= left.length || !states.isEffective(before, step.operations)) continue;
    chosen.push(id);
    left = now;
    if (left.length === 0) break;
  }
  return { after: chosen, left };
}

function without(steps: readonly Carried[], id: string): Carried[] {
  return steps.filter((one) => one.id !== id);
}

/** The fewest steps that hold along with this one, all carried out at once; null where something stays broken. */
function alongWith(step: Carried, states: States): string[] | null {
  const own = states.closure([step.id]);
  let chosen: string[] = [];
  for (;;) {
    const all = states.closure([step.id, ...chosen]);
    const broken = grave(states.brokenAltogether(all));
    if (broken.length === 0) break;
    const more = suppliersOf(broken, all, states).map(({ id }) => id);
    if (more.length === 0) return null;
    const lefts: { readonly id: string; readonly left: readonly Inconsistency[] }[] = [];
    let better: string | undefined;
    for (const id of more) {
      const left = grave(states.brokenAltogether(states.closure([step.id, ...chosen, id])));
      if (left.length < broken.length) better = id;
      if (better !== undefined) break;
      lefts.push({ id, left });
    }
    // One that brings what is missing may itself need others: those are for the next turn to find.
    better ??= lefts.find(({ left }) => isLessBroken(left, broken))?.id;
    chosen = [...chosen, ...(better === undefined ? more : [better])];
  }
  // The last first: what came along for another goes once that one did.
  for (const id of [...chosen].reverse()) {
    const fewer = chosen.filter((one) => one !== id);
    if (grave(states.brokenAltogether(states.closure([step.id, ...fewer]))).length === 0) chosen = fewer;
  }
  return chosen.filter((id) => !own.some((one) => one.id === id));
}

/** Whether something that was broken no longer is, whatever else came to be. */
function isLessBroken(now: readonly Inconsistency[], before: readonly Inconsistency[]): boolean {
  const keyOf = ({ path, subject }: Inconsistency) => `${path} ${subject}`;
  const left = new Set(now.map(keyOf));
  return before.some((one) => !left.has(keyOf(one)));
}

/** The changes without which the rest of a step holds, as few as can be found one by one. */
function heldItems(
  { operations }: Carried,
  draft: Draft | undefined,
  states: States,
  earlier: readonly Carried[],
): { readonly items: Held['items']; readonly rest: readonly Operation[] } {
  const items = draft?.items.filter((item) => item.operations.length > 0) ?? [];
  const held: DraftItem[] = [];
  let rest = operations;
  let broken = grave(states.broken(earlier, rest)).length;
  for (const item of items) {
    const fewer = rest.filter((operation) => !item.operations.includes(operation));
    if (fewer.length === rest.length || fewer.length === 0) continue;
    const left = grave(states.broken(earlier, fewer)).length;
    if (left >= broken) continue;
    held.push(item);
    [rest, broken] = [fewer, left];
    if (broken === 0) return { items: held, rest };
  }
  return { items: 'all', rest: [] };
}
