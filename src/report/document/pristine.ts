import { z } from 'zod';
import type { PristineDiff } from '../../diff/pristine-diff.ts';
import type { FileDiff } from '../../diff/tree-diff.ts';
import { fileText } from '../../diff/unified.ts';
import type { GeneratedProject, KnownVersions } from '../../library/outcome.ts';
import type { FileEditKind } from '../../plan/plan.ts';
import type { CachedFile } from '../../pristine/sources/cache.ts';
import type { PackedProject } from '../../pristine/sources/pack/pack-build.ts';
import { releaseLine } from '../../pristine/versions.ts';
import { opening } from './opening.ts';
import { editSchema, heading, sourceKindSchema, toolSchema } from './parts.ts';

const whole = z.int().min(0);

/** Schema of `versions --json`. */
export const versionsSchema = z.object({
  ...heading('versions'),
  tool: toolSchema,
  latest: z.string(),
  versions: z.array(z.object({ version: z.string(), line: z.string(), sources: z.array(sourceKindSchema) })),
});
export type VersionsDocument = z.infer<typeof versionsSchema>;

/** What `versions --json` prints. */
export function versionsDocument(known: KnownVersions, toolVersion: string): VersionsDocument {
  return {
    ...opening('versions'),
    tool: { version: toolVersion },
    latest: known.latest,
    versions: known.versions.map(({ version, sources }) => {
      return { version, line: releaseLine(version), sources: [...sources] };
    }),
  };
}

const diffSideSchema = z.object({
  version: z.string(),
  source: sourceKindSchema,
  toolchain: z.string().nullable(),
});

/** Schema of `diff --json`. */
export const diffSchema = z.object({
  ...heading('diff'),
  tool: toolSchema,
  from: diffSideSchema,
  to: diffSideSchema,
  files: z.array(editSchema),
});
export type DiffDocument = z.infer<typeof diffSchema>;

/** What `diff --json` prints; a patch for each file. */
export function diffDocument({ from, to, diff }: PristineDiff, toolVersion: string): DiffDocument {
  const side = ({ version, source, toolchain }: PristineDiff['from']) => ({ version, source, toolchain });
  return {
    ...opening('diff'),
    tool: { version: toolVersion },
    from: side(from),
    to: side(to),
    files: diff.files.map(fileValue),
  };
}

const kinds: Readonly<Record<FileDiff['status'], FileEditKind>> = {
  added: 'create',
  deleted: 'delete',
  modified: 'modify',
  renamed: 'rename',
};

function fileValue(file: FileDiff): z.infer<typeof editSchema> {
  const { path, status, from } = file;
  return { path, kind: kinds[status], ...(from === null ? {} : { from }), patch: fileText(file) };
}

/** Schema of `generate --json`. */
export const generateSchema = z.object({
  ...heading('generate'),
  tool: toolSchema,
  version: z.string(),
  flags: z.array(z.string()),
  source: sourceKindSchema,
  directory: z.string(),
  files: whole,
});
export type GenerateDocument = z.infer<typeof generateSchema>;

/** What `generate --json` prints. */
export function generateDocument(project: GeneratedProject, toolVersion: string): GenerateDocument {
  const { version, flags, source, directory, files } = project;
  const value = { version, flags: [...flags], source, directory, files };
  return { ...opening('generate'), tool: { version: toolVersion }, ...value };
}

const keptSchema = z.object({
  version: z.string(),
  flags: z.array(z.string()),
  part: z.enum(['project', 'release', 'generated']),
  toolchain: z.string(),
});

/** Schema of `pack --json`. */
export const packSchema = z.object({
  ...heading('pack'),
  tool: toolSchema,
  file: z.string(),
  projects: z.array(keptSchema.extend({ variant: z.string(), files: whole })),
});
export type PackDocument = z.infer<typeof packSchema>;

/** What `pack build --json` and `pack list --json` print; the file as the user gave it. */
export function packDocument(file: string, projects: readonly PackedProject[], toolVersion: string): PackDocument {
  return {
    ...opening('pack'),
    tool: { version: toolVersion },
    file,
    projects: projects.map((project) => ({ ...keptValue(project), variant: project.variant, files: project.files })),
  };
}

/** Schema of `cache --json`. */
export const cacheSchema = z.object({
  ...heading('cache'),
  tool: toolSchema,
  projects: z.array(keptSchema.extend({ app: z.string(), bytes: whole })),
});
export type CacheDocument = z.infer<typeof cacheSchema>;

/** What `cache list --json` prints, and `cache clear --json` of what it cleared. */
export function cacheDocument(files: readonly CachedFile[], toolVersion: string): CacheDocument {
  const projects = files.map((file) => ({ ...keptValue(file), app: file.app, bytes: file.bytes }));
  return { ...opening('cache'), tool: { version: toolVersion }, projects };
}

function keptValue({ version, flags, part, toolchain }: Omit<PackedProject, 'variant' | 'files'>) {
  return { version, flags: [...flags], part, toolchain };
}
