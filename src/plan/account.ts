import { type Account, accountOf, type Fate, type LeftOutReason } from '../diff/account.ts';
import { factFates } from '../diff/account-facts.ts';
import type { FileDiff, Hunk } from '../diff/tree-diff.ts';
import { AddressMap } from '../facts/address.ts';
import { projectFacts } from '../facts/extract/project.ts';
import type { Comparison } from '../merge/comparison.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import type { Outcome, VersionSpan } from '../merge/verdict.ts';
import type { Workspace } from '../merge/workspace.ts';
import { readProject } from '../project/project.ts';

/** Where each change of the generator's has gone. */
export interface AccountInput {
  readonly comparisons: readonly Comparison[];
  readonly files: readonly FileOutcome[];
  readonly span: VersionSpan;
  readonly texts: PristineTexts | null;
  /** Paths that a step brings to the target's exact text, comments and all. */
  readonly refreshed: ReadonlySet<string>;
  /** The project once all steps are carried out. */
  readonly after: Workspace;
}

/**
 * Accounts for every change of the generator between the two versions: in a step, or left out with a reason. With
 * generated text each hunk of the pristine diff counts; without it, each changed fact and file.
 */
export function planAccount(input: AccountInput): Account {
  return input.texts === null ? accountOfFacts(input) : accountOfHunks(input, input.texts);
}

function accountOfHunks({ comparisons, files, refreshed, after }: AccountInput, texts: PristineTexts): Account {
  const outcomes = new AddressMap(comparisons.map(({ address, outcome }) => [address, outcome] as const));
  const fates = new Map(files.map((file) => [file.path, file.fates]));
  const facts = { old: projectFacts(readProject(texts.old)), target: projectFacts(readProject(texts.target)) };
  const fatesOf = (file: FileDiff): readonly Fate[] => {
    const known = fates.get(file.path) ?? fates.get(file.from ?? file.path);
    if (known) return known;
    if (refreshed.has(file.path)) return file.hunks.map(() => 'covered');
    const both = { old: texts.old.read(file.from ?? file.path) ?? '', target: texts.target.read(file.path) ?? '' };
    const stated = factFates(file, both, facts, (address) => fateOf(outcomes.get(address)));
    return stated.map((fate, index) => settled(fate, file.hunks[index], after.text(file.path)));
  };
  return accountOf(texts.diff, fatesOf).account;
}

/** `agreed` and `done` are taken up; a value of the user's own stays as it is. */
function fateOf(outcome: Outcome | undefined): Fate | undefined {
  if (outcome === undefined) return undefined;
  if (outcome === 'yours') return 'yours';
  return outcome === 'declined' ? 'declined' : 'covered';
}

/**
 * What no fact states (`import Config`, the name of a binding, the order of keys) is taken up where the file then has the
 * new lines and none of the old ones; else it is the user's own way of writing the file.
 */
function settled(fate: Fate, hunk: Hunk | undefined, after: string | undefined): Fate {
  if (fate !== 'open') return fate;
  const present = new Set((after ?? '').split('\n').map((line) => line.trim()));
  const [added, removed] = ['+', '-'].map((sign) => linesWith(sign, hunk));
  const taken = added?.every((line) => present.has(line)) && !removed?.some((line) => present.has(line));
  return taken ? 'covered' : 'yours';
}

/** The lines of code that a hunk adds or removes, but for those that it has on both sides. */
function linesWith(sign: string, hunk: Hunk | undefined): string[] {
  const changed = (hunk?.lines ?? []).filter((line) => /^[-+]/.test(line));
  const others = new Set(changed.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1).trim()));
  return changed
    .filter((line) => line.startsWith(sign))
    .map((line) => line.slice(1).trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !others.has(line));
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
    const path = yours?.at?.path ?? address.text;
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
