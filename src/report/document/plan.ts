import { z } from 'zod';
import { phaseIds } from '../../plan/phases.ts';
import {
  accountSchema,
  blockerSchema,
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
  upgrade: z
    .object({
      origin: z.string().nullable(),
      start: z.string(),
      done: z.int().min(0),
      of: z.int().min(0),
      marks: z.array(z.object({ step: z.string(), as: z.enum(['done', 'skip']), why: z.string() })),
    })
    .nullable()
    .meta({ description: 'How far an upgrade that was begun has come; null while none was.' }),
  source: z.object({ from: sourceKindSchema, to: sourceKindSchema }),
  summary: summarySchema,
  blocked: z
    .array(blockerSchema)
    .optional()
    .meta({ description: 'Packages that do not let the target in; absent from plans of older versions.' }),
  reachable: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'The newest Phoenix, up to the target, that no locked package refuses.' }),
  agreement: z.object({ facts: z.int().min(0), files: z.int().min(0) }),
  account: accountSchema,
  matrix: matrixSchema,
  phases: z
    .array(
      z.object({
        id: z.enum(phaseIds),
        title: z.string(),
        steps: z.array(z.string()),
        check: z.array(z.string()).meta({ description: 'Commands that show that the phase is done.' }),
      }),
    )
    .optional()
    .meta({ description: 'The way through the plan: its open steps, backlog aside, in the order of phases.' }),
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
  blocked: z.array(blockerSchema).optional(),
  reachable: z.string().nullable().optional(),
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
