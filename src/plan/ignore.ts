import type { Account } from '../diff/account.ts';
import type { Draft, DraftItem } from './draft.ts';
import type { Step } from './plan.ts';
import { needsPerson } from './sections.ts';
import { byHandId, filesId } from './steps.ts';

/** Names to leave out, each with the user's reason. */
type Reasons = ReadonlyMap<string, string>;

/** What the user wants to hear no more of. */
export interface IgnoreRules {
  /** Files, or directories with all below them. */
  readonly paths: Reasons;
  /** Addresses of facts, with all that lies below them: `config/prod` or `deps/phoenix_html`. */
  readonly addresses: Reasons;
  readonly topics: Reasons;
  readonly steps: Reasons;
}

/** Leaves out drafts by id, and of the others what is about an ignored path or address. */
export function withoutIgnored(
  drafts: readonly Draft[],
  { ignore }: { readonly ignore: IgnoreRules | undefined },
): readonly Draft[] {
  if (ignore === undefined) return drafts;
  return drafts.flatMap((draft) => {
    const kept = keptOf(draft, ignore);
    return kept === draft || saysSomething(kept) ? [kept] : [];
  });
}

/** The changes that are left out with what is ignored. */
export function ignoredItems(drafts: readonly Draft[], rules: IgnoreRules | undefined): DraftItem[] {
  if (rules === undefined) return [];
  return drafts.flatMap((draft) => {
    const kept = new Set(keptOf(draft, rules).items);
    return draft.items.filter((item) => !kept.has(item));
  });
}

function keptOf(draft: Draft, rules: IgnoreRules): Draft {
  return rules.topics.has(draft.id) || rules.steps.has(draft.id) ? nothingOf(draft) : partOf(draft, rules);
}

function nothingOf(draft: Draft): Draft {
  return { ...draft, items: [], operations: [], findings: [] };
}

function partOf(draft: Draft, { paths, addresses }: IgnoreRules): Draft {
  if (paths.size === 0 && addresses.size === 0) return draft;
  const isKept = ({ path }: { readonly path: string }) => !covers(paths, path);
  return {
    ...draft,
    items: draft.items.filter(
      ({ change, operations, conflicts }) =>
        !covers(addresses, change.address) &&
        (change.at === null || isKept(change.at)) &&
        [...operations, ...conflicts].every(isKept),
    ),
    operations: draft.operations.filter(isKept),
    findings: draft.findings.filter(isKept),
  };
}

function saysSomething({ items, operations, findings }: Draft): boolean {
  return items.length + operations.length + findings.length > 0;
}

/** Whether a name is one of the rules, or lies below one: after `/` in a path, after `/` or `.` in an address. */
function covers(rules: Reasons, name: string): boolean {
  return [...rules.keys()].some((rule) => {
    const stem = rule.replace(/\/$/, '');
    return name === stem || (name.startsWith(stem) && /^[/.]/.test(name.slice(stem.length)));
  });
}

/** Steps that only exist once a draft was split, such as those that need a person, by id. */
export function withoutIgnoredSteps(steps: readonly Step[], rules: IgnoreRules | undefined): readonly Step[] {
  if (rules === undefined) return steps;
  return steps.filter((step) => !idsOf(step).some((id) => rules.steps.has(id)));
}

/** Ids that a step goes by: what is left of a draft once the rest of it is done has the whole draft's, and is still the part it was. */
function idsOf(step: Step): readonly string[] {
  const part = isByHandAlone(step) ? [byHandId(step)] : isFilesAlone(step) ? [filesId(step)] : [];
  return [step.id, ...part];
}

function isByHandAlone(step: Step): boolean {
  const { changes, edits, findings } = step;
  const isElse = changes.some(({ verdict }) => verdict === 'needs-source') || edits.length + findings.length > 0;
  return needsPerson(step) && !isElse;
}

function isFilesAlone({ status, changes, edits, findings }: Step): boolean {
  const isElse = changes.some(({ verdict }) => verdict !== 'needs-source') || edits.length + findings.length > 0;
  return status === 'needs-source' && !isElse;
}

/**
 * The account with ignored changes counted as left out. A change from before the plan's versions, or one that the
 * generator did not make between them, was never counted.
 */
export function withIgnored(account: Account, ignored: readonly DraftItem[]): Account {
  const counted = ignored.filter(({ backlog, change }) => !backlog && change.base !== change.target);
  if (counted.length === 0) return account;
  const byPath = new Map<string, number>();
  for (const { change } of counted.slice(0, account.covered)) {
    const path = change.at?.path ?? change.address;
    byPath.set(path, (byPath.get(path) ?? 0) + 1);
  }
  const more = [...byPath].map(([path, hunks]) => ({ path, hunks, reason: 'ignored' as const }));
  const hunks = more.reduce((sum, one) => sum + one.hunks, 0);
  const leftOut = [...account.leftOut, ...more].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { ...account, covered: account.covered - hunks, leftOut };
}
