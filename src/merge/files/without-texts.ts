import { fileAddress } from '../../facts/address.ts';
import { fileHash } from '../../facts/extract/file.ts';
import type { History } from '../../facts/history.ts';
import type { FilesInput } from './input.ts';
import { Locator } from './locate.ts';
import type { FileChangeKind, FileOutcome } from './outcome.ts';
import { templateName } from './template-name.ts';

/** A file that changed between two versions, as far as hashes tell. */
interface HashChange {
  readonly change: FileChangeKind;
  readonly path: string;
  readonly from: string | null;
  readonly target: string | undefined;
}

/**
 * What can be said and done with hashes alone: files that are the target's already are done, untouched ones that the
 * generator dropped or renamed without a change are dropped and renamed; all else needs text.
 */
export function outcomesWithoutTexts(input: FilesInput): FileOutcome[] {
  const { history, project, factOwned } = input;
  const written = history.addresses.filter(({ area }) => area === 'file');
  const locator = new Locator(project, new Set(written.map(({ pathText }) => pathText)));
  const outcomes = changesOf(input)
    .filter(({ path, from }) => !factOwned.has(path) && !(from !== null && factOwned.has(from)))
    .map((change) => outcomeOf(change, input, locator));
  return withSuccessors(outcomes);
}

/** A template stays until the same one for another engine can take its place. */
function withSuccessors(outcomes: readonly FileOutcome[]): FileOutcome[] {
  const awaited = new Set(
    outcomes.flatMap(({ status, path, change }) =>
      status === 'needs-source' && change !== 'deleted' ? (templateName(path) ?? []) : [],
    ),
  );
  return outcomes.map((outcome) => {
    const isReplaced = outcome.change === 'deleted' && awaited.has(templateName(outcome.path) ?? '');
    return isReplaced && outcome.operations.length > 0
      ? { ...outcome, status: 'needs-source', operations: [] }
      : outcome;
  });
}

function changesOf({ history, from, to }: FilesInput): HashChange[] {
  const [old, target] = [filesOf(history, from), filesOf(history, to)];
  const gone = [...old].filter(([path]) => !target.has(path));
  const changes: HashChange[] = [];
  const renamed = new Set<string>();
  for (const [path, hash] of target) {
    if (old.get(path) === hash) continue;
    const source = old.has(path) ? undefined : onlyWith(gone, hash);
    if (source !== undefined) renamed.add(source);
    const change = old.has(path) ? 'modified' : source === undefined ? 'added' : 'renamed';
    changes.push({ change, path, from: source ?? null, target: hash });
  }
  const dropped = gone.filter(([path]) => !renamed.has(path));
  return [
    ...changes,
    ...dropped.map(([path]) => ({ change: 'deleted' as const, path, from: null, target: undefined })),
  ];
}

function filesOf(history: History, version: string): Map<string, string> {
  return new Map(
    [...history.facts(version)].flatMap(([address, hash]) =>
      address.area === 'file' ? [[address.pathText, hash] as const] : [],
    ),
  );
}

/** The only file with a hash: of several, none can be told to be the one that was renamed. */
function onlyWith(files: readonly (readonly [string, string])[], hash: string): string | undefined {
  const alike = files.filter(([, other]) => other === hash);
  return alike.length === 1 ? alike[0]?.[0] : undefined;
}

function outcomeOf(change: HashChange, input: FilesInput, locator: Locator): FileOutcome {
  const { history, project } = input;
  const find = (path: string) => {
    const hashes = () => new Set(history.values(fileAddress(path)).map(({ value }) => value));
    return locator.find(path, { hashes, texts: () => [] });
  };
  const place = find(change.path) ?? (change.from === null ? null : find(change.from));
  const mine = place === null ? undefined : fileHash(project.tree, place, project.names);
  const wrote = [change.path, ...(change.from === null ? [] : [change.from])].some(
    (path) => mine !== undefined && history.wrote(fileAddress(path), mine) !== 0n,
  );
  const outcome = { ...start(change), place, touched: mine !== undefined && !wrote };
  if (change.change === 'deleted') return deleted(outcome);
  if (place === null) return missing(outcome, input);
  if (mine !== change.target) return outcome;
  if (change.from !== null && place === change.from) {
    return { ...outcome, status: 'pending', operations: [{ kind: 'rename-file', from: place, path: change.path }] };
  }
  return { ...outcome, status: 'done' };
}

function start({ change, path, from }: HashChange): FileOutcome {
  return {
    change,
    path,
    from,
    place: null,
    status: 'needs-source',
    touched: false,
    risk: 'safe',
    operations: [],
    conflicts: [],
    declined: [],
    fates: [],
    note: null,
  };
}

function deleted(outcome: FileOutcome): FileOutcome {
  if (outcome.place === null) return { ...outcome, status: 'done' };
  if (!outcome.touched) {
    return { ...outcome, status: 'pending', operations: [{ kind: 'delete-file', path: outcome.place }] };
  }
  const note = 'the generator no longer writes it, and you changed it: kept; delete it when nothing uses it';
  return { ...outcome, status: 'manual', risk: 'manual', note };
}

function missing(outcome: FileOutcome, { history, origin }: FilesInput): FileOutcome {
  const known = [outcome.from ?? outcome.path, outcome.path];
  const wrote = origin === null || known.some((path) => history.valueAt(fileAddress(path), origin) !== undefined);
  return outcome.change !== 'added' && wrote ? { ...outcome, status: 'declined' } : outcome;
}
