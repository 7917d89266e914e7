import { type Account, accountOf, type Fate, type LeftOutReason } from '../diff/account.ts';
import { factFates } from '../diff/account-facts.ts';
import type { FileDiff } from '../diff/tree-diff.ts';
import { projectFacts } from '../facts/extract/project.ts';
import type { Comparison } from '../merge/comparison.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import type { Outcome, Span } from '../merge/verdict.ts';
import { readProject } from '../project/project.ts';

/** Where each change of the generator's has gone. */
export interface AccountInput {
  readonly comparisons: readonly Comparison[];
  readonly files: readonly FileOutcome[];
  readonly span: Span;
  readonly texts: PristineTexts | null;
  /** Paths that a step brings to the target's exact text, comments and all. */
  readonly refreshed: ReadonlySet<string>;
}

/**
 * Accounts for every change of the generator between the two versions: in a step, or left out with a reason. With
 * generated text each hunk of the pristine diff counts; without it, each changed fact and file.
 */
export function planAccount(input: AccountInput): Account {
  return input.texts === null ? accountOfFacts(input) : accountOfHunks(input, input.texts);
}

function accountOfHunks({ comparisons, files, refreshed }: AccountInput, texts: PristineTexts): Account {
  const outcomes = new Map(comparisons.map(({ address, outcome }) => [address, outcome]));
  const fates = new Map(files.map((file) => [file.path, file.fates]));
  const facts = { old: projectFacts(readProject(texts.old)), target: projectFacts(readProject(texts.target)) };
  const fatesOf = (file: FileDiff): readonly Fate[] => {
    const known = fates.get(file.path) ?? fates.get(file.from ?? file.path);
    if (known) return known;
    if (refreshed.has(file.path)) return file.hunks.map(() => 'covered');
    const both = { old: texts.old.read(file.from ?? file.path) ?? '', target: texts.target.read(file.path) ?? '' };
    return factFates(file, both, facts, (address) => fateOf(outcomes.get(address))).map(settled);
  };
  return accountOf(texts.diff, fatesOf).account;
}

/** `agreed` and `done` are taken up; a value of the user's own stays as it is. */
function fateOf(outcome: Outcome | undefined): Fate | undefined {
  if (outcome === undefined) return undefined;
  if (outcome === 'yours') return 'yours';
  return outcome === 'declined' ? 'declined' : 'covered';
}

/** What no fact states (the name of a binding, the order of keys) is the user's own way of writing the file. */
function settled(fate: Fate): Fate {
  return fate === 'open' ? 'yours' : fate;
}

function accountOfFacts({ comparisons, files, span }: AccountInput): Account {
  const changed = comparisons.filter(
    ({ since, base, target }) => since > span.from && since <= span.to && base !== target,
  );
  const leftOut = new Map<string, { path: string; hunks: number; reason: LeftOutReason }>();
  const leave = (path: string, reason: LeftOutReason) => {
    const key = `${path}\n${reason}`;
    leftOut.set(key, { path, hunks: (leftOut.get(key)?.hunks ?? 0) + 1, reason });
  };
  for (const { outcome, address, yours } of changed) {
    const path = yours?.at?.path ?? address;
    if (outcome === 'yours' || outcome === 'agreed') leave(path, 'yours');
    else if (outcome === 'declined') leave(path, 'declined');
  }
  for (const { path, status } of files) {
    if (status === 'needs-source' || status === 'declined') leave(path, status);
  }
  const list = [...leftOut.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const hunks = changed.length + files.length;
  return { hunks, covered: hunks - list.reduce((sum, one) => sum + one.hunks, 0), leftOut: list };
}
