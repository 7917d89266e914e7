import { z } from 'zod';
import type { Plan } from '../../plan/plan.ts';
import { opening } from './opening.ts';
import { heading, toolSchema } from './parts.ts';
import { planSchema } from './plan.ts';
import { planDocument } from './plan-document.ts';

/** Schema of `plan --stepwise --json`. */
export const stepwiseSchema = z.object({
  ...heading('stepwise'),
  tool: toolSchema,
  plans: z
    .array(planSchema)
    .meta({ description: 'One for each minor version, each for the files that the one before leaves.' }),
});
export type StepwiseDocument = z.infer<typeof stepwiseSchema>;

/** What `plan --stepwise --json` prints. */
export function stepwiseDocument(plans: readonly Plan[], toolVersion: string): StepwiseDocument {
  return {
    ...opening('stepwise'),
    tool: { version: toolVersion },
    plans: plans.map((plan) => planDocument(plan, toolVersion)),
  };
}
