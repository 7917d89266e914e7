import { z } from 'zod';
import type { Plan } from '../../plan/plan.ts';
import type { MatrixRow } from '../matrix.ts';
import { requiredOpen } from '../sections.ts';
import {
  accountSchema,
  findingSchema,
  heading,
  matrixSchema,
  opening,
  projectSchema,
  sourceKindSchema,
  stepSchema,
  summarySchema,
  toolSchema,
} from './parts.ts';
import { accountValue, findingValue, matrixValue, projectValue, stepValue, summaryValue } from './values.ts';

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
  matrix: matrixSchema.optional(),
  steps: z.array(stepSchema),
  findings: z.array(findingSchema),
  commands: z.array(z.string()),
});
export type PlanDocument = z.infer<typeof planSchema>;

/** What `plan --json` prints: the plan without its operations, which are no contract. */
export function planDocument(plan: Plan, toolVersion: string, matrix?: readonly MatrixRow[]): PlanDocument {
  return {
    ...opening('plan'),
    tool: { version: toolVersion },
    project: projectValue(plan.project),
    from: plan.from,
    to: plan.to,
    source: { from: plan.source.from, to: plan.source.to },
    summary: summaryValue(plan),
    agreement: { facts: plan.agreement.facts, files: plan.agreement.files },
    account: accountValue(plan.account),
    ...(matrix ? { matrix: matrixValue(matrix) } : {}),
    steps: plan.steps.map(stepValue),
    findings: plan.findings.map(findingValue),
    commands: [...plan.commands],
  };
}

export const checkSchema = z.object({
  ...heading('check'),
  tool: toolSchema,
  from: z.string(),
  to: z.string(),
  ok: z.boolean().meta({ description: 'False while a required step is open; the exit code is 1 then.' }),
  summary: summarySchema,
  required: z.array(stepSchema.pick({ id: true, title: true, status: true, risk: true })),
});
export type CheckDocument = z.infer<typeof checkSchema>;

/** What `check --json` prints: the required steps that are open. */
export function checkDocument(plan: Plan, toolVersion: string): CheckDocument {
  const required = requiredOpen(plan);
  return {
    ...opening('check'),
    tool: { version: toolVersion },
    from: plan.from,
    to: plan.to,
    ok: required.length === 0,
    summary: summaryValue(plan),
    required: required.map(({ id, title, status, risk }) => ({ id, title, status, risk })),
  };
}
