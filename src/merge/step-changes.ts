import type { StepChange } from './change-set.ts';
import { performStep } from './layout.ts';
import type { Operation } from './operation.ts';
import type { Workspace } from './workspace.ts';

/** What carrying out needs to know of a step. */
export interface Performable {
  readonly id: string;
  readonly after: readonly string[];
  readonly operations: readonly Operation[];
}

/** Steps carried out in memory. */
export interface CarriedSteps {
  /** One for each step that was carried out, in order. */
  readonly changes: readonly StepChange[];
  /** Steps that could not be, each with the reason in words. */
  readonly refused: readonly { readonly step: string; readonly reason: string }[];
  /** The project afterwards. */
  readonly workspace: Workspace;
}

/**
 * Carries out steps one after another, each whole or not at all, on the files as the ones before leave them. What
 * comes after a refused step, or after one of `missing`, is refused too.
 */
export function stepChanges(
  before: Workspace,
  steps: readonly Performable[],
  missing: ReadonlySet<string> = new Set(),
): CarriedSteps {
  const changes: StepChange[] = [];
  const refused = new Map<string, string>();
  let workspace = before;
  for (const { id, after, operations } of steps) {
    const lacking = after.find((earlier) => refused.has(earlier) || missing.has(earlier));
    const next = lacking ? { reason: `blocked by ${lacking}, which is not done` } : performStep(workspace, operations);
    if ('reason' in next) {
      refused.set(id, next.reason);
      continue;
    }
    changes.push({ step: id, files: next.changesSince(workspace) });
    workspace = next;
  }
  return { changes, refused: [...refused].map(([step, reason]) => ({ step, reason })), workspace };
}
