import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { UpgradeError } from '../errors/error.ts';

/** What everybody who works on one upgrade has in common. */
export const sharedMemorySchema = z.object({
  /** Version that the project was generated with; null where nothing tells. */
  origin: z.string().nullable(),
  /** Version that it was on when the upgrade began. */
  start: z.string(),
  to: z.string(),
  flags: z.array(z.string()),
  /** Ids of the steps that were open then. */
  steps: z.array(z.string()),
  /** What a person decided on, by step. */
  marks: z.record(z.string(), z.object({ as: z.enum(['done', 'skip']), why: z.string() })),
});
export type SharedMemory = z.infer<typeof sharedMemorySchema>;

const memorySchema = sharedMemorySchema.extend({
  schema: z.literal('phx-upgrade/upgrade@1'),
  /** Whether a command began it, or the first apply, whose undo ends it. */
  begunBy: z.enum(['start', 'apply']),
  /** Applies since then that were not undone. */
  applies: z.int().min(0),
  /** Whether its common part stands in the settings: where it no longer does, somebody else has finished it. */
  shared: z.boolean().optional(),
});

/**
 * What an upgrade that was begun remembers. Once steps are applied the project no longer tells where it comes from: its
 * files are this program's work in part, and its lock moves.
 */
export type UpgradeMemory = z.infer<typeof memorySchema>;

/** The memory in a file; null where there is none. Throws `bad-journal` for one that was not written here. */
export function readMemoryFile(path: string): UpgradeMemory | null {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UpgradeError('bad-journal', { path }, error);
  }
}

/** Writes the memory whole or not at all; null forgets it. Throws `write-failed`. */
export function writeMemoryFile(directory: string, path: string, memory: UpgradeMemory | null): void {
  try {
    if (memory === null) {
      rmSync(path, { force: true });
      return;
    }
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, `${JSON.stringify(memory, null, 2)}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UpgradeError('write-failed', { path, reason }, error);
  }
}
