import type { Stand } from '../findings/rule.ts';
import type { Operation } from '../merge/operation.ts';
import type { BreakingVersion } from '../topics/topic.ts';
import type { Area, Change, Conflict, Finding, Need, Risk } from './plan.ts';

/** One change with the edits that bring it about; none where another change's edits do. */
export interface DraftItem {
  readonly change: Change;
  readonly operations: readonly Operation[];
  /** Regions that both changed; the operations bring in the rest. */
  readonly conflicts: readonly Conflict[];
  readonly backlog: boolean;
  /** Version of the generator that brought it. */
  readonly since: string | null;
  /** Whether a person should look: yours was merged with the target rather than replaced. */
  readonly review: boolean;
  /** What to look out for when this change is taken. */
  readonly cautions?: readonly string[];
  /** Places that need what the change takes away, or that it would leave without what they need: why it is not made. */
  readonly heldBy?: readonly Finding[];
}

/** A step before it is ordered and carried out in memory. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly docs: string | null;
  readonly area: Area;
  readonly need: Need;
  readonly risk: Risk;
  readonly since: string | null;
  readonly after: readonly string[];
  /** Drafts that only hold along with this one. */
  readonly together?: readonly string[];
  readonly commands: readonly string[];
  readonly items: readonly DraftItem[];
  /** Edits that belong to the step as a whole. */
  readonly operations: readonly Operation[];
  readonly findings: readonly Finding[];
  /** How text that it waits for can be had, where that is another way than for `phx.new`. */
  readonly textHint?: string;
  /** Whether its changes make sense only together, those of files among them. */
  readonly whole?: boolean;
  /** What has to be seen to before anything of it is made. */
  readonly stands?: readonly Stand[];
  /** The versions of deps that break what was found, where nothing else does: below them the app goes on without the step. */
  readonly breaksFrom?: readonly BreakingVersion[];
  /** As of an item, for what belongs to the step as a whole. */
  readonly heldBy?: readonly Finding[];
}

/** All edits of a draft. */
export function operationsOf({ operations, items }: Draft): Operation[] {
  return [...operations, ...items.flatMap((item) => item.operations)];
}

/** Joins what several parts of planning have to say under one id; the first one's words count. */
export function joinDrafts(drafts: readonly Draft[]): Draft[] {
  const byId = new Map<string, Draft>();
  for (const draft of drafts) {
    const known = byId.get(draft.id);
    byId.set(draft.id, known ? joined(known, draft) : draft);
  }
  return [...byId.values()];
}

function joined(a: Draft, b: Draft): Draft {
  const needs: readonly Need[] = ['required', 'recommended', 'cosmetic'];
  const risks: readonly Risk[] = ['manual', 'review', 'safe'];
  const stronger = <T>(order: readonly T[], x: T, y: T) => (order.indexOf(x) <= order.indexOf(y) ? x : y);
  const union = <T>(x: readonly T[], y: readonly T[]) => [...new Set([...x, ...y])];
  const stands = [...(a.stands ?? []), ...(b.stands ?? [])];
  return {
    ...a,
    need: stronger(needs, a.need, b.need),
    risk: stronger(risks, a.risk, b.risk),
    after: union(a.after, b.after),
    commands: union(a.commands, b.commands),
    items: [...a.items, ...b.items],
    operations: [...a.operations, ...b.operations],
    findings: [...a.findings, ...b.findings],
    ...(stands.length === 0 ? {} : { stands }),
  };
}
