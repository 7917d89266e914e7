import { z } from 'zod';
import type { Finding, ProjectSummary } from '../../plan/plan.ts';
import type { MatrixRow } from '../matrix.ts';
import type { GeneratedProject, KnownVersions, PackContent, PristineDiff } from '../outcome.ts';
import {
  editSchema,
  findingSchema,
  heading,
  matrixSchema,
  opening,
  projectSchema,
  sourceKindSchema,
  toolSchema,
} from './parts.ts';
import { editValue, findingValue, matrixValue, projectValue } from './values.ts';

export const detectSchema = z.object({
  ...heading('detect'),
  tool: toolSchema,
  project: projectSchema,
  matrix: matrixSchema.optional(),
  findings: z.array(findingSchema),
});
export type DetectDocument = z.infer<typeof detectSchema>;

/** What was found in a project besides its plan. */
export interface Detection {
  readonly project: ProjectSummary;
  readonly matrix?: readonly MatrixRow[];
  readonly findings: readonly Finding[];
}

/** What `detect --json` prints. */
export function detectDocument({ project, matrix, findings }: Detection, toolVersion: string): DetectDocument {
  return {
    ...opening('detect'),
    tool: { version: toolVersion },
    project: projectValue(project),
    ...(matrix ? { matrix: matrixValue(matrix) } : {}),
    findings: findings.map(findingValue),
  };
}

export const versionsSchema = z.object({
  ...heading('versions'),
  tool: toolSchema,
  latest: z.string(),
  versions: z.array(z.object({ version: z.string(), sources: z.array(sourceKindSchema) })),
});
export type VersionsDocument = z.infer<typeof versionsSchema>;

/** What `versions --json` prints. */
export function versionsDocument(known: KnownVersions, toolVersion: string): VersionsDocument {
  return {
    ...opening('versions'),
    tool: { version: toolVersion },
    latest: known.latest,
    versions: known.versions.map(({ version, sources }) => ({ version, sources: [...sources] })),
  };
}

export const diffSchema = z.object({
  ...heading('diff'),
  tool: toolSchema,
  from: z.string(),
  to: z.string(),
  flags: z.array(z.string()),
  files: z.array(editSchema),
});
export type DiffDocument = z.infer<typeof diffSchema>;

/** What `diff --json` prints. */
export function diffDocument(diff: PristineDiff, toolVersion: string): DiffDocument {
  return {
    ...opening('diff'),
    tool: { version: toolVersion },
    from: diff.from,
    to: diff.to,
    flags: [...diff.flags],
    files: diff.files.map(editValue),
  };
}

export const generateSchema = z.object({
  ...heading('generate'),
  tool: toolSchema,
  version: z.string(),
  flags: z.array(z.string()),
  source: sourceKindSchema,
  directory: z.string(),
  files: z.int().min(0),
});
export type GenerateDocument = z.infer<typeof generateSchema>;

/** What `generate --json` prints. */
export function generateDocument(project: GeneratedProject, toolVersion: string): GenerateDocument {
  const { version, flags, source, directory, files } = project;
  return {
    ...opening('generate'),
    tool: { version: toolVersion },
    ...{ version, flags: [...flags], source, directory, files },
  };
}

export const packSchema = z.object({
  ...heading('pack'),
  tool: toolSchema,
  file: z.string(),
  projects: z.array(z.object({ version: z.string(), flags: z.array(z.string()), files: z.int().min(0) })),
});
export type PackDocument = z.infer<typeof packSchema>;

/** What `pack build --json` and `pack list --json` print. */
export function packDocument({ file, projects }: PackContent, toolVersion: string): PackDocument {
  return {
    ...opening('pack'),
    tool: { version: toolVersion },
    file,
    projects: projects.map(({ version, flags, files }) => ({ version, flags: [...flags], files })),
  };
}
