import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Names } from '../elixir/names.ts';
import type { FileTree } from '../project/tree.ts';

/** One generated project in a pack. */
export interface PackEntry {
  readonly version: string;
  /** Canonical flags that this version took. */
  readonly flags: readonly string[];
  /** What `mix phx.new` wrote, or what `mix phx.gen.release --docker` adds. */
  readonly part: 'project' | 'release';
  readonly names: Names;
  /** Elixir and OTP that wrote it. */
  readonly toolchain: string;
  readonly tree: FileTree;
}

/** Far above any real pack; a file that claims more is refused before it is unpacked. */
export const limits = { payload: 1 << 29, file: 1 << 24, filesInTree: 20_000, trees: 20_000 };
export const modes = { plain: '100644', executable: '100755' } as const;
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const appName = z.string().regex(/^[a-z][a-z0-9_]*$/);
const moduleName = z.string().regex(/^[A-Z][A-Za-z0-9_]*(\.[A-Z][A-Za-z0-9_]*)*$/);
const file = z.tuple([z.string(), z.int().nonnegative(), z.string()]);
export const manifestSchema = z.strictObject({
  trees: z
    .array(
      z.strictObject({
        version: z.string().regex(/^\d+\.\d+\.\d+$/),
        flags: z.array(z.string()),
        part: z.enum(['project', 'release']),
        names: z.strictObject({ app: appName, webApp: appName, module: moduleName, webModule: moduleName }),
        toolchain: z.string(),
        hash,
        files: z.array(file).min(1).max(limits.filesInTree),
      }),
    )
    .max(limits.trees),
  blobs: z.array(z.tuple([hash, z.int().nonnegative().max(limits.file)])),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestTree = Manifest['trees'][number];

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
