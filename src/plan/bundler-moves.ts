import type { Operation } from '../merge/operation.ts';
import type { Draft, DraftItem } from './draft.ts';

/**
 * Ties what pages ask for, and files that a bundler of npm copied, to the dep that brings the other bundler: without it, where
 * it is declined or waits for generated text, nothing would write what the pages then ask for.
 */
export function withBundlerMoved(drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    if (draft.id !== 'esbuild' || draft.operations.length === 0) return draft;
    const dep = draft.items.find(isBundlerDep);
    const operations = draft.items.some(isIgnoreFile) ? draft.operations.filter(isNoIgnore) : draft.operations;
    const items = draft.items.map((item) =>
      item === dep ? { ...item, operations: [...item.operations, ...operations] } : item,
    );
    return { ...draft, items, operations: [] };
  });
}

function isBundlerDep({ change, operations }: DraftItem): boolean {
  return /^deps(?:@\w+)?\/esbuild$/.test(change.address) && change.verdict === 'pending' && operations.length > 0;
}

/** The generator's own change of the file says the same. */
function isIgnoreFile({ change }: DraftItem): boolean {
  return /^file\/(?:apps\/\w+\/)?\.gitignore$/.test(change.address) && change.verdict === 'pending';
}

function isNoIgnore({ kind }: Operation): boolean {
  return kind !== 'ignore-add' && kind !== 'ignore-remove';
}
