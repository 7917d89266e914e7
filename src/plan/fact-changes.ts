import { type Names, placeholders, renameTokens } from '../elixir/names.ts';
import { Address } from '../facts/address.ts';
import type { History } from '../facts/history.ts';
import type { Comparison } from '../merge/comparison.ts';
import { missingVersion } from '../merge/edits/docker-edits.ts';
import type { EditContext } from '../merge/edits/edit-context.ts';
import { factEdits } from '../merge/edits/fact-edits.ts';
import type { Operation } from '../merge/operation.ts';
import { performAll } from '../merge/perform.ts';
import { Workspace } from '../merge/workspace.ts';
import type { FileTree } from '../project/tree.ts';
import type { Claimable } from '../topics/claim.ts';
import type { ChangeKind } from '../topics/topic.ts';
import type { Claimed } from './claimed.ts';
import type { DraftItem } from './draft.ts';
import type { Change, Conflict, Verdict } from './plan.ts';
import { readable } from './sentences.ts';

/** The compared facts that call for something, with their edits. */
export function factChanges(comparisons: readonly Comparison[], history: History, context: EditContext): Claimed[] {
  const changes = comparisons
    .filter(({ outcome }) => outcome !== 'agreed' && outcome !== 'yours')
    .map((comparison) => ({
      claim: claimable(comparison, history, context.project.names),
      item: draftItem(comparison, history, context),
    }));
  const byAddress = new Map(changes.map((change) => [change.item.change.address, change]));
  return changes.map((change) => {
    const { owner } = new Address(change.item.change.address);
    const isCarried = owner !== null && change.item.change.verdict === 'pending' && change.item.operations.length === 0;
    return isCarried ? carriedBy(byAddress.get(owner.text), change) : change;
  });
}

/**
 * An option without an edit of its own comes and goes with its dep, plug or socket: it is part of the same step. Where
 * nothing edits that either, a person has to.
 */
function carriedBy(owner: Claimed | undefined, { claim, item }: Claimed): Claimed {
  if (owner !== undefined && owner.item.operations.length > 0) return { claim: owner.claim, item };
  return { claim, item: { ...item, change: { ...item.change, verdict: unedited(new Address(item.change.address)) } } };
}

/** A comparison as topics see it. */
export function claimable(comparison: Comparison, history: History, names: Names): Claimable {
  const { address, target, since, yours, outcome, movedFrom, rename } = comparison;
  // What the version planned from wrote is still to be added where nobody took it up, like all that belongs with it.
  const base = outcome === 'pending' && yours === null ? null : comparison.base;
  // A key that moves, or gets another name, is new where it goes.
  const kind: ChangeKind = target === null ? 'remove' : base === null || movedFrom || rename ? 'add' : 'change';
  const plain = (value: string | null) => value && renameTokens(value, names, placeholders);
  return {
    // The generator knows nothing of an option of the user's own that moves along.
    address: history.placeholder(address) ?? address.withoutNames(names).text,
    kind,
    since: history.versions[since] ?? '',
    // For a requirement the step from yours counts, not the generator's.
    base: plain(yours && outcome !== 'done' ? yours.value : base),
    target: plain(target),
  };
}

function draftItem(comparison: Comparison, history: History, context: EditContext): DraftItem {
  const { outcome, result, target, yours } = comparison;
  const operations = outcome === 'pending' ? factEdits(comparison, context) : [];
  return {
    change: {
      ...changeOf(comparison, operations.length > 0 || isCovered(comparison), context.project.tree),
      ...(isForLock(comparison, operations) ? { command: `mix deps.update ${comparison.address.path[0]}` } : {}),
    },
    operations,
    conflicts: outcome === 'conflict' ? valueConflicts(comparison, context) : [],
    backlog: comparison.backlog,
    since: history.versions[comparison.since] ?? null,
    review: outcome === 'pending' && (comparison.review === true || (yours !== null && result !== target)),
  };
}

/** The three values where yours stands; none where it stands in no one place. */
function valueConflicts(comparison: Comparison, context: EditContext): Conflict[] {
  const { address, base, yours, target } = comparison;
  if (!yours?.at) return [];
  const { path, line } = yours.at;
  const shown = (value: string | null) => readable(value ?? '', yours.at, context.project.tree);
  const values = { base: shown(base), yours: shown(yours.value), target: shown(target) };
  return [{ address: address.text, path, line, ...values, take: takeOf(comparison, context) }];
}

/** The edits that put the target's value there; null where there are none, or they would leave yours beside it. */
function takeOf(comparison: Comparison, context: EditContext): readonly Operation[] | null {
  const { address, yours, rename } = comparison;
  if (!yours?.address.equals(address) && !rename) return null;
  const operations = factEdits({ ...comparison, result: comparison.target }, context);
  const before = new Workspace(context.project.tree);
  const after = performAll(before, operations);
  return 'reason' in after || after.changesSince(before).length === 0 ? null : operations;
}

/** An option may come with its owner; of a dep whose requirement stands it is the lock that changes. */
function isCovered({ address }: Comparison): boolean {
  return address.owner !== null || address.area === 'deps';
}

/** Where no requirement changes, it is the lock that must. */
function isForLock({ address, outcome }: Comparison, operations: readonly Operation[]): boolean {
  return address.area === 'deps' && address.owner === null && outcome === 'pending' && operations.length === 0;
}

/** The three values of a comparison, to be shown. */
export function changeOf(comparison: Comparison, editable: boolean, tree: FileTree): Change {
  const { address, outcome, base, yours, target } = comparison;
  const note = comparison.note ?? (outcome === 'pending' && !editable ? missingVersion(comparison) : null);
  const verdict = outcome === 'pending' && !editable ? unedited(address) : (outcome as Verdict);
  const at = yours?.at ?? null;
  const shown = (value: string | null) => (value === null ? null : readable(value, at, tree));
  const values = { base: shown(base), yours: shown(yours?.value ?? null), target: shown(target) };
  return { address: address.text, verdict, ...values, at, ...(note ? { note } : {}) };
}

/** Without an editor for it, the generated text would be needed, or a person. */
function unedited({ area }: Address): Verdict {
  return area === 'web' ? 'needs-source' : 'manual';
}
