import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { FileDiff } from './tree-diff.ts';

/** Two contents of a file; null where it is not. */
interface Contents {
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

/**
 * A change of binary content as `git apply` takes it: both contents whole, deflated and in git's base 85, and the names
 * of both, without which git refuses it (`git help format-patch`, `--binary` and `--full-index`).
 */
export function binaryPatch({ before, after }: Contents): Pick<FileDiff, 'blobs' | 'binary'> {
  return {
    blobs: { old: blobName(before), new: blobName(after) },
    binary: ['GIT binary patch', ...literal(after), '', ...literal(before), ''],
  };
}

/** Git's name of a content: the SHA-1 of it behind a header, all zeros for none. */
function blobName(bytes: Uint8Array | null): string {
  if (bytes === null) return '0'.repeat(40);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Bytes in one line, which its first letter counts: `A` to `Z`, then `a` to `z`. */
const lineBytes = 52;
const counts = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function literal(content: Uint8Array | null): string[] {
  const bytes = content ?? new Uint8Array();
  const packed = deflateSync(bytes);
  const lines = Array.from({ length: Math.ceil(packed.length / lineBytes) }, (_, index) => {
    const part = packed.subarray(index * lineBytes, (index + 1) * lineBytes);
    return `${counts[part.length - 1]}${base85(part)}`;
  });
  return [`literal ${bytes.length}`, ...lines];
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** Four bytes as five digits, the first bytes counting most; missing ones are zero. */
function base85(bytes: Uint8Array): string {
  const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  let text = '';
  for (let offset = 0; offset < padded.length; offset += 4) {
    const value = padded.readUInt32BE(offset);
    for (const power of [85 ** 4, 85 ** 3, 85 ** 2, 85, 1]) text += digits[Math.floor(value / power) % 85];
  }
  return text;
}
