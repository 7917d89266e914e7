import { z } from 'zod';
import { opening } from './opening.ts';
import { heading } from './parts.ts';

/** Schema of what `--json` prints in place of an answer when a command fails. */
export const errorSchema = z.object({
  ...heading('error'),
  error: z.object({
    code: z.string(),
    exit: z.int().min(1).max(70).meta({ description: 'Exit code of the process.' }),
    message: z.string(),
    remedy: z.string(),
  }),
});
export type ErrorDocument = z.infer<typeof errorSchema>;

/** An `UpgradeError`, or what the top-level catch makes of an unknown one. */
export interface Failure {
  readonly code: string;
  readonly exit: number;
  readonly message: string;
  readonly remedy: string;
}

/** What any command prints with `--json` when it fails. */
export function errorDocument({ code, exit, message, remedy }: Failure): ErrorDocument {
  return { ...opening('error'), error: { code, exit, message, remedy } };
}
