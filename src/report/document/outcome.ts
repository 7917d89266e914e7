import { z } from 'zod';
import type { ApplyOutcome, UndoOutcome } from '../outcome.ts';
import { editKindSchema, heading, opening, placeSchema, toolSchema } from './parts.ts';

export const applySchema = z.object({
  ...heading('apply'),
  tool: toolSchema,
  dryRun: z.boolean(),
  branch: z.string().nullable(),
  applied: z.array(z.object({ step: z.string(), commit: z.string().nullable() })),
  left: z.array(z.object({ step: z.string(), reason: z.string() })),
  conflicts: z.array(placeSchema),
  files: z.array(z.object({ path: z.string(), kind: editKindSchema })),
  commands: z.array(z.string()),
});
export type ApplyDocument = z.infer<typeof applySchema>;

/** What `apply --json` prints. */
export function applyDocument(outcome: ApplyOutcome, toolVersion: string): ApplyDocument {
  return {
    ...opening('apply'),
    tool: { version: toolVersion },
    dryRun: outcome.dryRun,
    branch: outcome.branch,
    applied: outcome.applied.map(({ step, commit }) => ({ step, commit })),
    left: outcome.left.map(({ step, reason }) => ({ step, reason })),
    conflicts: outcome.conflicts.map(({ path, line }) => ({ path, line })),
    files: outcome.files.map(({ path, kind }) => ({ path, kind })),
    commands: [...outcome.commands],
  };
}

export const undoSchema = z.object({
  ...heading('undo'),
  tool: toolSchema,
  steps: z.array(z.string()),
  restored: z.array(z.string()),
});
export type UndoDocument = z.infer<typeof undoSchema>;

/** What `undo --json` prints. */
export function undoDocument(outcome: UndoOutcome, toolVersion: string): UndoDocument {
  return {
    ...opening('undo'),
    tool: { version: toolVersion },
    steps: [...outcome.steps],
    restored: [...outcome.restored],
  };
}
