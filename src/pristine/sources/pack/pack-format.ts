import { createHash } from 'node:crypto';
import type { Names } from '../../../elixir/names.ts';
import type { FileTree } from '../../../project/tree.ts';

/** One generated project in a pack. */
export interface PackEntry {
  readonly version: string;
  /** Canonical flags that this version took. */
  readonly flags: readonly string[];
  /**
   * What `mix phx.new` wrote, or what `mix phx.gen.release --docker` adds; `generated`, in the cache alone, is what other
   * generators wrote, whose calls then stand among the flags.
   */
  readonly part: 'project' | 'release' | 'generated';
  readonly names: Names;
  /** Elixir and OTP that wrote it. */
  readonly toolchain: string;
  readonly tree: FileTree;
}

/** Far above any real pack; a file that claims more is refused before it is unpacked. */
export const limits = { payload: 1 << 29, file: 1 << 24, filesInTree: 20_000, trees: 20_000 };
/** Modes of files as git writes them; a pack knows no others. */
export const modes = { plain: '100644', executable: '100755' } as const;

/** The first line of a pack: its format and version. */
export const magic = 'phx-upgrade pack 1';

/** Hash of a tree's paths, modes and contents. */
export function treeHash(tree: FileTree): string {
  const lines = tree.paths.map((path) => {
    const mode = tree.executable(path) ? modes.executable : modes.plain;
    return `${mode} ${sha256(tree.bytes(path) ?? new Uint8Array())} ${path}\n`;
  });
  return sha256(Buffer.from(lines.join('')));
}

/** Hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Why a pack is refused, in words that complete "The pack FILE cannot be used: …". */
export class PackRefusal extends Error {}
