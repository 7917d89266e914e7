import type { Draft } from './draft.ts';

/**
 * Keeps a first Dockerfile in step with the way assets are built: a step that brings the alias assets.deploy later than
 * the one that writes the file brings the file up to it.
 */
export function withDockerfileKept(drafts: readonly Draft[]): Draft[] {
  const file = drafts.flatMap(({ operations }) => operations).find(({ kind }) => kind === 'create-dockerfile');
  if (file?.kind !== 'create-dockerfile') return [...drafts];
  return drafts.map((draft) =>
    draft.items.some(isAlias) ? { ...draft, operations: [...draft.operations, { ...file, creates: false }] } : draft,
  );
}

function isAlias({ change, operations }: Draft['items'][number]): boolean {
  return /^mix(@\w+)?\/aliases\.assets\.deploy$/.test(change.address) && operations.length > 0;
}
