import { z } from 'zod';
import type { StatedVersions } from '../../findings/deployment/versions.ts';
import type { Finding, ProjectSummary } from '../../plan/plan.ts';
import { opening } from './opening.ts';
import { findingSchema, heading, matrixSchema, projectSchema, toolSchema } from './parts.ts';
import { findingValue, matrixValue, projectValue } from './values.ts';

/** Schema of `detect --json`. */
export const detectSchema = z.object({
  ...heading('detect'),
  tool: toolSchema,
  project: projectSchema,
  matrix: matrixSchema,
  findings: z.array(findingSchema),
});
export type DetectDocument = z.infer<typeof detectSchema>;

/** What was found in a project besides its plan. */
export interface Detection {
  readonly project: ProjectSummary;
  readonly matrix: readonly StatedVersions[];
  readonly findings: readonly Finding[];
}

/** What `detect --json` prints. */
export function detectDocument({ project, matrix, findings }: Detection, toolVersion: string): DetectDocument {
  return {
    ...opening('detect'),
    tool: { version: toolVersion },
    project: projectValue(project),
    matrix: matrixValue(matrix),
    findings: findings.map(findingValue),
  };
}
