import { fileHash } from '../../facts/extract/file.ts';
import { inFormOf } from '../text/text-merge.ts';
import { type Context, type FileChange, isAhead, isUntouched, outcomeOf } from './change.ts';
import { pathsOf } from './locate.ts';
import type { WholeFileOperation } from './operation.ts';
import type { FileOutcome } from './outcome.ts';
import { mergeTouched } from './touched.ts';

/** What comes of a file that the target has and that the project has at `place`. */
export function presentOutcome(context: Context, change: FileChange, place: string): FileOutcome {
  const { input, texts } = context;
  const { path, from } = change.diff;
  const destination = destinationOf(context, change, place);
  const paths = from === null ? [path] : [path, from];
  if (isAhead(context, place, paths)) return outcomeOf(change, 'covered', { place });
  const replaceable = isUntouched(context, place, paths) && !input.edited?.has(place);
  if (!replaceable) return touchedOutcome(context, change, { place, destination });
  const mine = fileHash(input.project.tree, place, input.project.names);
  const alike = mine === fileHash(texts.target, path, input.project.names);
  // Text alike but for its layout is the target's already, unless it is exactly the former one.
  const current = alike && !isFormer(context, place, from ?? path);
  const operations = [
    ...(place === destination ? [] : [{ kind: 'rename-file' as const, from: place, path: destination }]),
    ...(current ? [] : contentOperations(context, path, place, destination)),
    ...modeOperations(context, change, place, destination),
  ];
  return outcomeOf(change, 'covered', {
    place,
    status: operations.length > 0 ? 'pending' : 'done',
    operations,
  });
}

function isFormer({ input, texts }: Context, place: string, path: string): boolean {
  const [mine, old] = [input.project.tree.bytes(place), texts.old.bytes(path)];
  return mine !== undefined && old !== undefined && Buffer.compare(mine, old) === 0;
}

/** Where the file goes: along with the generator's rename, unless the user keeps it elsewhere. */
function destinationOf({ input }: Context, { diff: { path, from } }: FileChange, place: string): string {
  if (from === null) return place;
  const index = pathsOf(from, input.project).indexOf(place);
  return index === -1 ? place : (pathsOf(path, input.project)[index] ?? path);
}

/** The target's content, in the user's line ends; nothing where it is there. */
function contentOperations(
  { input, texts }: Context,
  path: string,
  place: string,
  destination: string,
): WholeFileOperation[] {
  const bytes = texts.target.bytes(path) ?? new Uint8Array();
  const mine = input.project.tree.bytes(place);
  if (mine && Buffer.compare(bytes, mine) === 0) return [];
  const text = texts.target.read(path);
  if (text === undefined) {
    const base64 = Buffer.from(bytes).toString('base64');
    return [{ kind: 'write-bytes', path: destination, base64, executable: texts.target.executable(path) }];
  }
  const written = inFormOf(input.project.tree.read(place) ?? '', text);
  return [{ kind: 'replace-file', path: destination, text: written }];
}

/** A mode that the generator changed, where the user has the former one. */
function modeOperations(
  { input }: Context,
  { diff: { oldMode, newMode } }: FileChange,
  place: string,
  destination: string,
): WholeFileOperation[] {
  const executable = newMode === '100755';
  if (oldMode === null || oldMode === newMode || input.project.tree.executable(place) === executable) return [];
  return [{ kind: 'set-mode', path: destination, executable }];
}

function touchedOutcome(
  context: Context,
  change: FileChange,
  { place, destination }: { place: string; destination: string },
): FileOutcome {
  const yours = context.input.project.tree.read(place);
  const target = context.texts.target.read(change.diff.path);
  if (yours !== undefined && target !== undefined) {
    const marked = yours.startsWith('\uFEFF');
    return mergeTouched(context, change, { place, destination, yours: marked ? yours.slice(1) : yours, target });
  }
  const note = 'it is no text file, and it is not one that the generator wrote';
  return outcomeOf(change, 'binary', { place, status: 'manual', touched: true, risk: 'manual', note });
}
