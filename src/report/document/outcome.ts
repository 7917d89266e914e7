import { z } from 'zod';
import type { ApplyOutcome, KeptCopy, UndoableApply, UndoOutcome } from '../../library/outcome.ts';
import { opening } from './opening.ts';
import { heading, toolSchema } from './parts.ts';

const copySchema = z
  .object({ path: z.string(), copy: z.string() })
  .meta({ description: 'A file with uncommitted changes, and the absolute path of the copy kept of it.' });

function copyValue({ path, copy }: KeptCopy): z.infer<typeof copySchema> {
  return { path, copy };
}

/** Schema of `apply --json`. */
export const applySchema = z.object({
  ...heading('apply'),
  tool: toolSchema,
  dryRun: z.boolean(),
  branch: z.string().nullable(),
  applied: z.array(z.string()).meta({ description: 'Step ids in the order carried out.' }),
  left: z.array(z.object({ step: z.string(), reason: z.string() })),
  written: z.array(z.string()),
  deleted: z.array(z.string()),
  commits: z.array(z.object({ step: z.string(), commit: z.string() })),
  conflicts: z.array(z.string()).meta({ description: 'Files that wait for a person to choose.' }),
  copies: z.array(copySchema),
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
    applied: [...outcome.applied],
    left: outcome.left.map(({ step, reason }) => ({ step, reason })),
    written: [...outcome.written],
    deleted: [...outcome.deleted],
    commits: outcome.commits.map(({ step, commit }) => ({ step, commit })),
    conflicts: [...outcome.conflicts],
    copies: outcome.copies.map(copyValue),
    commands: [...outcome.commands],
  };
}

/** Schema of `undo --json`. */
export const undoSchema = z.object({
  ...heading('undo'),
  tool: toolSchema,
  steps: z.array(z.string()).meta({ description: 'Steps that were taken back.' }),
  files: z.array(z.string()),
  commits: z.array(z.string()).meta({ description: 'Commits that are no longer on the branch.' }),
  copies: z.array(copySchema),
  commitsKept: z.boolean().meta({ description: 'True when commits stay, because others stand on them.' }),
  reverts: z.array(z.string()).meta({ description: 'Commits that were made to take one step back.' }),
});
export type UndoDocument = z.infer<typeof undoSchema>;

/** What `undo --json` prints. */
export function undoDocument(outcome: UndoOutcome, toolVersion: string): UndoDocument {
  const { steps, files, commits, copies, commitsKept, reverts = [] } = outcome;
  return {
    ...opening('undo'),
    tool: { version: toolVersion },
    steps: [...steps],
    files: [...files],
    commits: [...commits],
    copies: copies.map(copyValue),
    commitsKept,
    reverts: [...reverts],
  };
}

/** Schema of `undo --list --json`. */
export const undoListSchema = z.object({
  ...heading('undo-list'),
  tool: toolSchema,
  applies: z
    .array(
      z.object({
        steps: z.array(z.string()),
        files: z.array(z.string()),
        commits: z.array(z.string()),
        edited: z.array(z.string()).meta({ description: 'Those of its files that somebody changed since.' }),
      }),
    )
    .meta({ description: 'The applies that undo takes back, the next one first.' }),
});
export type UndoListDocument = z.infer<typeof undoListSchema>;

/** What `undo --list --json` prints. */
export function undoListDocument(applies: readonly UndoableApply[], toolVersion: string): UndoListDocument {
  const values = applies.map(({ steps, files, commits, edited }) => {
    return { steps: [...steps], files: [...files], commits: [...commits], edited: [...edited] };
  });
  return { ...opening('undo-list'), tool: { version: toolVersion }, applies: values };
}
