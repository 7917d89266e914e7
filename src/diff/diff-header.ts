import type { Lines } from './diff-lines.ts';
import { unquoted } from './quoted-path.ts';

const noBlob = '0'.repeat(40);

/** What the lines between `diff --git` and the hunks of a file say. */
export interface Header {
  /** Mode of both sides, from the `index` line. */
  readonly mode: string | null;
  readonly oldMode: string | null;
  readonly newMode: string | null;
  readonly added: boolean;
  readonly deleted: boolean;
  readonly from: string | null;
  readonly to: string | null;
  readonly similarity: number | null;
  readonly blobs: { readonly old: string; readonly new: string } | null;
}

const empty: Header = {
  mode: null,
  oldMode: null,
  newMode: null,
  added: false,
  deleted: false,
  from: null,
  to: null,
  similarity: null,
  blobs: null,
};

/** The lines that may stand in a header, and what each says. */
const headerLines: readonly { readonly prefix: string; readonly read: (rest: string) => Partial<Header> }[] = [
  { prefix: 'old mode ', read: (rest) => ({ oldMode: rest }) },
  { prefix: 'new mode ', read: (rest) => ({ newMode: rest }) },
  { prefix: 'new file mode ', read: (rest) => ({ newMode: rest, added: true }) },
  { prefix: 'deleted file mode ', read: (rest) => ({ oldMode: rest, deleted: true }) },
  { prefix: 'similarity index ', read: (rest) => ({ similarity: Number.parseInt(rest, 10) }) },
  { prefix: 'rename from ', read: (rest) => ({ from: withoutSide(unquoted(rest), 'a/') }) },
  { prefix: 'rename to ', read: (rest) => ({ to: withoutSide(unquoted(rest), 'b/') }) },
  { prefix: 'index ', read: readIndex },
];

function readIndex(rest: string): Partial<Header> {
  const [blobs = '', mode] = rest.split(' ');
  const [old = noBlob, next = noBlob] = blobs.split('..');
  return { blobs: { old, new: next }, mode: mode ?? null };
}

/** Reads all header lines of one file; the next line is the first that is none. */
export function readHeader(reader: Lines): Header {
  let header = empty;
  for (let more = readLine(reader); more !== null; more = readLine(reader)) header = { ...header, ...more };
  return header;
}

function readLine(reader: Lines): Partial<Header> | null {
  for (const { prefix, read } of headerLines) {
    const rest = reader.after(prefix);
    if (rest !== null) return read(rest);
  }
  return null;
}

/** A path without the `a/` or `b/` that says whose it is. */
export function withoutSide(path: string, side: 'a/' | 'b/'): string {
  return path.startsWith(side) ? path.slice(side.length) : path;
}
