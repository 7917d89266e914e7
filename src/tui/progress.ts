import { z } from 'zod';
import { areas, statuses } from '../plan/plan.ts';

const choice = z.enum(['yours', 'target']);

const decision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('apply'), steps: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('resolve'), step: z.string(), choices: z.array(choice).readonly() }),
  z.object({ kind: z.literal('edit'), step: z.string() }),
  z.object({ kind: z.literal('skip'), step: z.string() }),
  z.object({ kind: z.literal('skip-forever'), step: z.string() }),
  z.object({ kind: z.literal('mark'), step: z.string() }),
]);

const filter = z.object({
  area: z.enum(areas).nullable(),
  status: z.enum(statuses).nullable(),
  /** Also shows what is cosmetic, backlog, done or declined. */
  all: z.boolean(),
});

const walkProgress = z.object({
  schema: z.literal('phx-upgrade/walk@1'),
  /** The version that the plan led to. */
  to: z.string(),
  selected: z.string().nullable(),
  filter,
  decisions: z.array(decision).readonly(),
  /** What was chosen in conflicts that are not settled yet, region by region. */
  choices: z.record(z.string(), z.array(choice.nullable()).readonly()).readonly(),
});

/** A walk as far as it came: what the next start goes on with. Plain JSON. */
export type WalkProgress = z.infer<typeof walkProgress>;
export type Decision = z.infer<typeof decision>;
export type Filter = z.infer<typeof filter>;

/** Progress from a file; null when it is something else, such as progress of a later version of this program. */
export function readProgress(value: unknown): WalkProgress | null {
  const read = walkProgress.safeParse(value);
  return read.success ? read.data : null;
}
