import type { History } from '../facts/history.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import type { Claimed } from './claimed.ts';
import type { Change } from './plan.ts';
import type { ChangeKind } from './topics/topic.ts';

const kinds: Readonly<Record<FileOutcome['change'], ChangeKind>> = {
  added: 'add',
  deleted: 'remove',
  modified: 'change',
  renamed: 'change',
};

/** Files that the generator changed, with what comes of them in the project. */
export function fileChanges(outcomes: readonly FileOutcome[], history: History, from: number): Claimed[] {
  return outcomes.map((outcome) => {
    const address = `file/${outcome.path}`;
    const since = changedAt(address, history, from);
    return {
      claim: { address: history.placeholder(address), kind: kinds[outcome.change], since, base: null, target: null },
      item: {
        change: changeOf(address, outcome),
        operations: outcome.operations,
        conflicts: outcome.conflicts,
        backlog: false,
        since,
        review: outcome.risk !== 'safe',
      },
    };
  });
}

function changeOf(address: string, { status, place, note, from, change, touched }: FileOutcome): Change {
  return {
    address,
    verdict: status,
    base: change === 'added' ? null : (from ?? 'as generated'),
    yours: place === null ? null : touched ? 'changed by you' : 'as generated',
    target: change === 'deleted' ? null : 'as generated',
    at: place === null ? null : { path: place, line: 1 },
    ...(note ? { note } : {}),
  };
}

/** The first version after `from` whose text of the file differs: what brought the change. */
function changedAt(address: string, history: History, from: number): string {
  const at = (index: number) => history.valueAt(address, history.versions[index] ?? '');
  for (let index = from + 1; index < history.versions.length; index += 1) {
    if (at(index) !== at(index - 1)) return history.versions[index] ?? '';
  }
  return history.versions[from] ?? '';
}
