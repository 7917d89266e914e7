import { fileAddress } from '../../facts/address.ts';
import { type Context, type FileChange, isUntouched, outcomeOf } from './change.ts';
import { newPlace, pathsOf } from './locate.ts';
import type { WholeFileOperation } from './operation.ts';
import type { FileOutcome } from './outcome.ts';

/** What comes of a file that the target has and the project does not: new, or taken out by the user. */
export function missingOutcome(context: Context, change: FileChange): FileOutcome {
  const { input } = context;
  const { status, path, from } = change.diff;
  const wrote = (version: string | null) =>
    version === null ||
    [from ?? path, path].some((one) => input.history.valueAt(fileAddress(one), version) !== undefined);
  if (status !== 'added' && wrote(input.origin)) return outcomeOf(change, 'declined', { status: 'declined' });
  return outcomeOf(change, 'covered', { status: 'pending', operations: [creation(context, path)] });
}

function creation({ input: { project }, texts: { target } }: Context, path: string): WholeFileOperation {
  const place = newPlace(path, project);
  const text = target.read(path);
  const executable = target.executable(path);
  if (text !== undefined) return { kind: 'create-file', path: place, text, executable };
  const base64 = Buffer.from(target.bytes(path) ?? new Uint8Array()).toString('base64');
  return { kind: 'write-bytes', path: place, base64, executable };
}

/** What comes of a file that the generator no longer writes. */
export function deletedOutcome(context: Context, change: FileChange, place: string | null): FileOutcome {
  if (place === null) return outcomeOf(change, 'covered');
  const moved = !pathsOf(change.diff.from ?? change.diff.path, context.input.project).includes(place);
  if (!moved && isUntouched(context, place, [change.diff.from ?? change.diff.path])) {
    return outcomeOf(change, 'covered', {
      place,
      status: 'pending',
      operations: [{ kind: 'delete-file', path: place }],
    });
  }
  const own = moved ? 'moved' : 'changed';
  const note = `the generator no longer writes it, and you ${own} it: kept; delete it when nothing uses it`;
  return outcomeOf(change, 'covered', { place, status: 'manual', touched: true, risk: 'manual', note });
}
