import { type Address, fileAddress } from '../facts/address.ts';
import type { History } from '../facts/history.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import type { ChangeKind } from '../topics/topic.ts';
import type { Claimed } from './claimed.ts';
import type { Change } from './plan.ts';

const kinds: Readonly<Record<FileOutcome['change'], ChangeKind>> = {
  added: 'add',
  deleted: 'remove',
  modified: 'change',
  renamed: 'change',
};

/** A file that the generator changed, with what comes of it in the project. */
export function fileChange(
  outcome: FileOutcome,
  history: History,
  { start, from, to }: { readonly start: string; readonly from: string; readonly to: string },
): Claimed {
  const [first, locked] = [history.indexOf(start), history.indexOf(from)];
  const span = { first, last: history.indexOf(to) };
  const address = fileAddress(outcome.path);
  const index = (outcome.change === 'added' ? addedAt : changedAt)(address, history, span);
  const since = history.versions[index] ?? '';
  return {
    claim: {
      address: history.placeholder(address) ?? address.text,
      kind: kinds[outcome.change],
      since,
      base: null,
      target: null,
    },
    item: {
      change: changeOf(address, outcome),
      operations: outcome.operations,
      conflicts: outcome.conflicts,
      backlog: index <= locked,
      since,
      review: outcome.risk !== 'safe',
    },
  };
}

function changeOf(address: Address, { status, place, note, from, change, touched }: FileOutcome): Change {
  return {
    address: address.text,
    verdict: status,
    base: change === 'added' ? null : (from ?? 'as generated'),
    yours: place === null ? null : touched ? 'changed by you' : 'as generated',
    target: change === 'deleted' ? null : 'as generated',
    at: place === null ? null : { path: place, line: 1 },
    ...(note ? { note } : {}),
  };
}

/** Versions of the generator, by index: the one planned from and the target. */
interface FileSpan {
  readonly first: number;
  readonly last: number;
}

/** Index of the last version of a span that changed the file: what brought the target's text. */
function changedAt(address: Address, history: History, { first, last }: FileSpan): number {
  const at = (index: number) => history.valueAt(address, history.versions[index] ?? '');
  let index = last;
  while (index > first + 1 && at(index) === at(index - 1)) index -= 1;
  return index;
}

/** Index of the version of a span that first wrote the file: a project that lacks it lacks all of it. */
function addedAt(address: Address, history: History, { first, last }: FileSpan): number {
  let index = last;
  while (index > first + 1 && history.valueAt(address, history.versions[index - 1] ?? '') !== undefined) index -= 1;
  return index;
}
