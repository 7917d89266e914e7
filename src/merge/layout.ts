import { format, isFormatted } from '../elixir/format/format.ts';
import { projectFormat } from '../elixir/format/project-format.ts';
import type { FileChange } from './change-set.ts';
import type { Operation } from './operation.ts';
import { performAll, type RewrittenFile } from './perform.ts';
import type { Workspace } from './workspace.ts';

/**
 * Carries out the operations of a step as `performAll` does, and formats the files that were formatted before, as the
 * project's `.formatter.exs` says.
 */
export function performStep(
  workspace: Workspace,
  operations: readonly Operation[],
  told?: (file: RewrittenFile) => void,
): Workspace | { reason: string } {
  const next = performAll(workspace, operations, told);
  return 'reason' in next ? next : withLayout(workspace, next, operations);
}

/**
 * What operations came to, with every edited file formatted that was formatted before. Anything else keeps the layout that it
 * has: a file that was not formatted, one that is written whole, what the formatter refuses, and what the operations would
 * edit once more if it were formatted.
 */
export function withLayout(before: Workspace, after: Workspace, operations: readonly Operation[]): Workspace {
  const written = new Set(operations.filter(writesWhole).map(({ path }) => path));
  let result = after;
  for (const change of after.changesSince(before)) {
    const text = written.has(change.path) ? null : formattedAgain(change, before, after);
    if (text === null) continue;
    const next = result.branch();
    next.write(change.path, text);
    const again = performAll(next, operations);
    if (!('reason' in again) && again.changesSince(next).length === 0) result = next;
  }
  return result;
}

function writesWhole({ kind }: Operation): boolean {
  return kind === 'create-file' || kind === 'replace-file' || kind === 'write-bytes';
}

/** The text of a changed file in the format that it had; null where it has that, or had none. */
function formattedAgain(change: FileChange, before: Workspace, after: Workspace): string | null {
  const old = before.text(change.renamedFrom ?? change.path);
  const text = after.text(change.path);
  const options =
    old !== undefined && text !== undefined ? projectFormat(change.path, (path) => after.text(path)) : null;
  if (old === undefined || text === undefined || options === null) return null;
  if (!isFormatted(old, options)) return null;
  const formatted = format(text, options);
  return formatted.ok && formatted.text !== text ? formatted.text : null;
}
