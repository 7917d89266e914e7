import type { Names } from '../elixir/names.ts';
import type { FileTree } from '../project/tree.ts';
import { fileAddress } from './address.ts';
import { fileHash } from './extract/file.ts';
import type { History } from './history.ts';

/** Whether a file of the project is there and as some version of the generator wrote it at that path. */
export function isGeneratedFile(
  path: string,
  { tree, names }: { readonly tree: FileTree; readonly names: Names },
  history: History,
): boolean {
  const hash = fileHash(tree, path, names);
  return hash !== undefined && history.wrote(fileAddress(path), hash) !== 0n;
}
