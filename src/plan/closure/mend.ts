import type { Inconsistency } from '../../symbols/inconsistencies.ts';
import type { Draft, DraftItem } from '../draft.ts';
import type { Carried, States } from './states.ts';

/** What makes a step hold: others before it, changes of others along with it, or changes left to a person. */
export interface Mend {
  readonly step: string;
  /** Steps that come before it. */
  readonly after: readonly string[];
  /** Changes of other steps that come along. */
  readonly pulled: readonly { readonly from: string; readonly item: DraftItem }[];
  /** What would leave the project broken, and where. */
  readonly held: Held | null;
}

/** Changes that are left to a person; `all` where it is the whole step. */
export interface Held {
  readonly items: readonly DraftItem[] | 'all';
  readonly by: readonly Inconsistency[];
}

/** How a step that leaves something without its counterpart is made to hold; null where it holds as it is. */
export function mendOf(step: Carried, states: States, drafts: ReadonlyMap<string, Draft>): Mend | null {
  const earlier = states.closure([step.id]).filter(({ id }) => id !== step.id);
  const broken = states.broken(earlier, step.operations);
  if (broken.length === 0) return null;
  const suppliers = suppliersOf(step, broken, states);
  const ordered = behind(step, broken, suppliers, states);
  if (ordered !== null) return { step: step.id, after: ordered, pulled: [], held: null };
  const pulled = pulledItems(step, broken, suppliers, { states, drafts, earlier });
  if (pulled !== null) return { step: step.id, after: [], pulled, held: null };
  const held = { items: heldItems(step, drafts.get(step.id), states, earlier), by: broken };
  return { step: step.id, after: [], pulled: [], held };
}

/** Other steps that edit a place that is broken, or speak of what is missing. */
function suppliersOf(step: Carried, broken: readonly Inconsistency[], states: States): Carried[] {
  const words = new Set(broken.map(({ subject }) => wordOf(subject)));
  const paths = new Set(broken.map(({ path }) => path));
  const known = new Set(states.closure([step.id]).map(({ id }) => id));
  return states.steps.filter(
    ({ id, edits }) =>
      !known.has(id) &&
      edits.some(
        ({ path, patch }) => paths.has(path) || [...words].some((word) => patch.includes(word) || path.includes(word)),
      ),
  );
}

/** `Layouts` of `ShopWeb.Layouts`, `app` of `ShopWeb.Layouts.app/1`, `home` of `the template home of …`. */
function wordOf(subject: string): string {
  const [, template] = /^the template (\S+) of/.exec(subject) ?? [];
  return template ?? /([\w?!~]+)(?:\/\d+)?$/.exec(subject)?.[1] ?? subject;
}

/** The fewest suppliers behind which the step holds, taken one by one; null where none will do. */
function behind(
  step: Carried,
  broken: readonly Inconsistency[],
  suppliers: readonly Carried[],
  states: States,
): string[] | null {
  const able = suppliers.filter(({ id }) => !states.closure([id]).some((one) => one.id === step.id));
  const chosen: string[] = [];
  let left = broken;
  for (const { id } of able) {
    const now = states.broken(withoutStep(states.closure([step.id, ...chosen, id]), step), step.operations);
    if (now.length >= left.length) continue;
    chosen.push(id);
    left = now;
    if (left.length === 0) return chosen;
  }
  return null;
}

function withoutStep(steps: readonly Carried[], step: Carried): Carried[] {
  return steps.filter(({ id }) => id !== step.id);
}

interface Surroundings {
  readonly states: States;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly earlier: readonly Carried[];
}

/** Changes of suppliers with which the step holds, carried out along with it; null where none will do. */
function pulledItems(
  step: Carried,
  broken: readonly Inconsistency[],
  suppliers: readonly Carried[],
  { states, drafts, earlier }: Surroundings,
): Mend['pulled'] | null {
  const candidates = suppliers.flatMap(({ id }) => (drafts.get(id)?.items ?? []).map((item) => ({ from: id, item })));
  const pulled: { from: string; item: DraftItem }[] = [];
  let left = broken;
  for (const one of candidates) {
    if (one.item.operations.length === 0 || one.item.conflicts.length > 0) continue;
    const operations = [...step.operations, ...[...pulled, one].flatMap(({ item }) => item.operations)];
    const now = states.broken(earlier, operations);
    if (now.length >= left.length) continue;
    pulled.push(one);
    left = now;
    if (left.length === 0) return pulled;
  }
  return null;
}

/** The change without which the rest of a step holds, if one alone will do. */
function heldItems(
  { operations }: Carried,
  draft: Draft | undefined,
  states: States,
  earlier: readonly Carried[],
): Held['items'] {
  const items = draft?.items.filter((item) => item.operations.length > 0) ?? [];
  const alone = items.find((item) => {
    const rest = operations.filter((operation) => !item.operations.includes(operation));
    return rest.length > 0 && rest.length < operations.length && states.broken(earlier, rest).length === 0;
  });
  return alone ? [alone] : 'all';
}
