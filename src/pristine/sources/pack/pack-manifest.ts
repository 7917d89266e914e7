import { z } from 'zod';
import { limits } from './pack-format.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const appName = z.string().regex(/^[a-z][a-z0-9_]*$/);
const moduleName = z.string().regex(/^[A-Z][A-Za-z0-9_]*(\.[A-Z][A-Za-z0-9_]*)*$/);
const file = z.tuple([z.string(), z.int().nonnegative(), z.string()]);
/** The manifest as it stands in a pack. */
export const manifestSchema = z.strictObject({
  trees: z
    .array(
      z.strictObject({
        version: z.string().regex(/^\d+\.\d+\.\d+$/),
        flags: z.array(z.string()),
        part: z.enum(['project', 'release', 'generated']),
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
/** One project of a manifest: its files name blobs by hash. */
export type ManifestTree = Manifest['trees'][number];
