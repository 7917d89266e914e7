import { inflateRawSync } from 'node:zlib';
import { charlist } from '../../quoted/strings.ts';
import { Atom, Tuple } from '../../quoted/term.ts';
import type { Budget } from '../budget.ts';
import type { HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { binaryOf, bytesOf, type Value } from '../values/value.ts';
import { binaryArg, ok } from './arguments.ts';

/** An archive that is open, by the value that stands for it. */
const contents = new WeakMap<Tuple<Value>, Uint8Array>();

const directoryMark = 0x02014b50;
const endMark = 0x06054b50;
const endLength = 22;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** The entries of an archive's directory, by the layout that PKWARE's APPNOTE describes. */
function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - endLength;
  if (end < 0 || view.getUint32(end, true) !== endMark) throw new Refusal('unreadable', 'a zip archive');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryMark)
      throw new Refusal('unreadable', 'a zip archive');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function contentOf(bytes: Uint8Array, { method, packed, size, offset }: Entry, budget: Budget): Uint8Array {
  budget.made(size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const data = bytes.subarray(start, start + packed);
  if (method === 0) return data;
  if (method !== 8) throw new Refusal('unknown', `method ${method} of a zip archive`);
  return inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
}

export const zipModule: HostModule = {
  name: ':zip',
  functions: {
    'zip_open/2': ([archive]) => {
      const handle = new Tuple<Value>([Atom.of('zip')]);
      contents.set(handle, bytesOf(binaryArg(archive)));
      return ok(handle);
    },
    'zip_get/1': ([handle], { budget }) => {
      const bytes = contents.get(handle as Tuple<Value>);
      if (bytes === undefined) throw new Refusal('unknown', 'zip_get of no archive');
      const files = entriesOf(bytes).filter(({ name }) => !name.endsWith('/'));
      budget.step(files.length);
      return ok(
        files.map((entry) => new Tuple<Value>([charlist(entry.name), binaryOf(contentOf(bytes, entry, budget))])),
      );
    },
  },
};
