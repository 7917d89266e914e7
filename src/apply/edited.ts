import { join } from 'node:path';
import { mustStandThere } from './place.ts';
import { type FileState, sameContent, stateAt } from './state.ts';
import type { Worktree } from './worktree.ts';

/**
 * Paths at which none of the given states stands.
 *
 * @throws UpgradeError `outside-root` where a directory above one has become a link
 */
export function editedSince(
  worktree: Worktree,
  files: readonly { readonly path: string; readonly states: readonly FileState[] }[],
): readonly string[] {
  const { base, machine } = worktree;
  mustStandThere(
    machine.disk,
    base,
    files.map(({ path }) => path),
  );
  const edited = files.filter(({ path, states }) => {
    const state = stateAt(machine.disk, join(base, path));
    return !states.some((known) => sameContent(state, known));
  });
  return edited.map(({ path }) => path);
}
