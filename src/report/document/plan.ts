import { z } from 'zod';
import type { Plan } from '../../plan/plan.ts';
import { type CheckOutcome, passes } from '../outcome.ts';
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
  matrix: matrixSchema,
  steps: z.array(stepSchema),
  findings: z.array(findingSchema),
  commands: z.array(z.string()),
});
export type PlanDocument = z.infer<typeof planSchema>;

/** What `plan --json` prints: the plan without its operations, which are no contract. */
export function planDocument(plan: Plan, toolVersion: string): PlanDocument {
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
    matrix: matrixValue(plan.matrix),
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

/** What `check --json` prints. */
export function checkDocument(outcome: CheckOutcome, toolVersion: string): CheckDocument {
  const { plan, steps, tooOld } = outcome;
  return {
    ...opening('check'),
    tool: { version: toolVersion },
    from: plan.from,
    to: plan.to,
    ok: passes(outcome),
    summary: summaryValue(plan),
    open: steps.map(({ id, title, need, status, risk }) => ({ id, title, need, status, risk })),
    tooOld: tooOld && { locked: tooOld.locked, minimum: tooOld.minimum },
  };
}
