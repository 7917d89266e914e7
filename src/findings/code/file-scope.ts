import type { FileScope } from '../../rewrites/operation.ts';
import type { ProjectIndex } from '../../symbols/index.ts';
import { isElixir } from './code-file.ts';

/** Where the names of a file come from. */
export function fileScope(path: string, index: ProjectIndex): FileScope {
  if (isElixir(path)) {
    const used = index.file(path).modules.flatMap(({ name }) => usedPaths(name, index, depth));
    return { owner: null, beside: [...new Set(used)].sort() };
  }
  const owner = index.embedded.moduleOf(path) ?? null;
  const own = owner === null ? undefined : index.module(owner)?.path;
  const used = owner === null || own === undefined ? [] : [own, ...usedPaths(owner, index, depth)];
  return { owner, beside: [...new Set(used)].sort() };
}

/** How many quotes one may use behind another. */
const depth = 3;

/** Files of the modules that a module uses, and of those that their quotes use. */
function usedPaths(name: string, index: ProjectIndex, left: number): string[] {
  const module = left === 0 ? undefined : index.module(name);
  if (module === undefined) return [];
  const quoted = [...module.quotes.values()].flatMap(({ uses }) => uses);
  return [...module.uses, ...quoted].flatMap(({ module: used }) => {
    const path = index.module(used)?.path;
    return path === undefined ? [] : [path, ...usedPaths(used, index, left - 1)];
  });
}
