import { z } from 'zod';
import type { Disk, FileOwner } from './machine.ts';

/** The bit that git looks at for its modes 100644 and 100755. */
export const ownerExecutes = 0o100;

/** What stands, or is to stand, at one path. Bytes are in base64, since states are kept in the journal. */
export const fileState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({
    kind: z.literal('file'),
    bytes: z.base64(),
    mode: z.number().int(),
    /** Whose it is; left out for a file that is to be made. */
    owner: z.object({ user: z.number().int().min(0), group: z.number().int().min(0) }).optional(),
  }),
  z.object({ kind: z.literal('link'), to: z.string() }),
]);
export type FileState = z.infer<typeof fileState>;

/** A path, relative to the worktree's base, and what is to stand there. */
export interface Goal {
  readonly path: string;
  readonly state: FileState;
}

/** The state of a file with these bytes and permission bits. */
export function fileOf(bytes: Uint8Array, mode: number, owner?: FileOwner): FileState {
  return {
    kind: 'file',
    bytes: Buffer.from(bytes).toString('base64'),
    mode,
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Bytes of a state; null for anything but a file. */
export function bytesOf(state: FileState): Uint8Array | null {
  return state.kind === 'file' ? Buffer.from(state.bytes, 'base64') : null;
}

/** State at an absolute path; undefined for a directory, a socket and the like. */
export function stateAt(disk: Disk, path: string): FileState | undefined {
  const entry = disk.look(path);
  if (entry === null) return { kind: 'absent' };
  if (entry.kind === 'link') return { kind: 'link', to: disk.readLink(path) };
  return entry.kind === 'file' ? fileOf(disk.read(path), entry.mode, entry.owner) : undefined;
}

/** Equal to the last bit of the mode; whose it is does not count, for that cannot always be restored. */
export function sameState(one: FileState | undefined, other: FileState): boolean {
  if (one?.kind === 'file' && other.kind === 'file') return one.bytes === other.bytes && one.mode === other.mode;
  if (one?.kind === 'link' && other.kind === 'link') return one.to === other.to;
  return one?.kind === other.kind;
}

/** Equal in what a person edits: content, and whether the file is executable. */
export function sameContent(one: FileState | undefined, other: FileState): boolean {
  if (one?.kind !== 'file' || other.kind !== 'file') return sameState(one, other);
  return one.bytes === other.bytes && (one.mode & ownerExecutes) === (other.mode & ownerExecutes);
}
