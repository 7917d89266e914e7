import type { FileTree } from './tree.ts';

/** Whether an app's code fetches sessions: without any, no LiveView mounts and nothing is signed for a browser. */
export function keepsSessions(tree: FileTree): boolean {
  return tree.paths.some((path) => path.endsWith('.ex') && /fetch_session|Plug\.Session\b/.test(tree.read(path) ?? ''));
}
