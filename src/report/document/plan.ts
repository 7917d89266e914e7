import { z } from 'zod';
import {
  accountSchema,
  findingSchema,
  heading,
  matrixSchema,
  projectSchema,
  sourceKindSchema,
  stepSchema,
  summarySchema,
  toolSchema,
} from './parts.ts';

/** Schema of `plan --json`. */
export const planSchema = z.object({
  ...heading('plan'),
  tool: toolSchema,
  project: projectSchema,
  from: z.string(),
  to: z.string(),
  source: z.object({ from: sourceKindSchema, to: sourceKindSchema }),
  summary: summarySchema,
  agreement: z.object({ facts: z.int().min(0), files: z.int().min(0) }),
  account: accountSchema,
  matrix: matrixSchema,
  steps: z.array(stepSchema),
  findings: z.array(findingSchema),
  commands: z.array(z.string()),
});
export type PlanDocument = z.infer<typeof planSchema>;

/** Schema of `check --json`. */
export const checkSchema = z.object({
  ...heading('check'),
  tool: toolSchema,
  from: z.string(),
  to: z.string(),
  ok: z.boolean().meta({ description: 'False when the exit code is 1.' }),
  summary: summarySchema,
  open: z
    .array(stepSchema.pick({ id: true, title: true, need: true, status: true, risk: true }))
    .meta({ description: 'The open steps that count: the required ones unless more were asked for.' }),
  tooOld: z
    .object({ locked: z.string().nullable(), minimum: z.string() })
    .nullable()
    .meta({ description: 'Set when the locked Phoenix is older than --min-version.' }),
});
export type CheckDocument = z.infer<typeof checkSchema>;
