import { templateName } from '../merge/files/template-name.ts';
import type { Operation } from '../merge/operation.ts';
import { type Draft, operationsOf } from './draft.ts';

/**
 * A file that another draft takes away, or makes another one of, gets no new name by a rewrite: that draft would no longer find
 * it. Rewrites that leave the name alone are made, since that draft may be left out.
 */
export function withoutRenamesOfLeaving(drafts: readonly Draft[]): readonly Draft[] {
  const leaving = new Set(drafts.flatMap(operationsOf).flatMap(leftPath));
  if (leaving.size === 0) return drafts;
  const stays = (operation: Operation) =>
    operation.kind !== 'rewrite' || operation.to === undefined || !leaving.has(operation.path);
  return drafts.flatMap((draft) => {
    const operations = draft.operations.filter(stays);
    if (operations.length === draft.operations.length) return [draft];
    const dropped = new Set(draft.operations.filter((one) => !stays(one)).flatMap(({ path }) => path));
    const findings = draft.findings.filter(({ path }) => !dropped.has(path));
    const isEmpty = operations.length + findings.length + draft.items.length === 0;
    return isEmpty ? [] : [{ ...draft, operations, findings }];
  });
}

/** Where a file stood that is deleted, or moved by more than the ending of its template. */
function leftPath(operation: Operation): string[] {
  if (operation.kind === 'delete-file') return [operation.path];
  if (operation.kind !== 'rename-file') return [];
  const isSame = templateName(operation.from) !== null && templateName(operation.from) === templateName(operation.path);
  return isSame ? [] : [operation.from];
}
