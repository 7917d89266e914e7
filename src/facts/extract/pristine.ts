import { type Names, placeholders, renameTokens } from '../../elixir/names.ts';
import { readProject } from '../../project/project.ts';
import type { FileTree } from '../../project/tree.ts';
import { canonicalPath, fileHash } from './file.ts';
import { projectFacts } from './project.ts';
import { releaseFacts } from './release.ts';

/** Facts of a generated project in placeholder form, and the hash of each of its files. */
export function pristineFacts(tree: FileTree): Map<string, string> {
  const project = readProject(tree);
  const fill = (text: string) => renameTokens(text, project.names, placeholders);
  const facts = new Map(projectFacts(project).map(({ address, value }) => [fill(address.text), fill(value)]));
  for (const [address, hash] of fileFacts(tree, project.names)) facts.set(address, hash);
  return facts;
}

/** Facts in placeholder form of what `mix phx.gen.release --docker` adds to a project with these names. */
export function pristineReleaseFacts(tree: FileTree, names: Names): Map<string, string> {
  const fill = (text: string) => renameTokens(text, names, placeholders);
  return new Map(releaseFacts(tree).map(({ address, value }) => [fill(address.text), fill(value)]));
}

/** `file/…` facts of every file of a tree. */
export function fileFacts(tree: FileTree, names: Names): [string, string][] {
  return tree.paths.flatMap((path): [string, string][] => {
    const hash = fileHash(tree, path, names);
    return hash === undefined ? [] : [[`file/${canonicalPath(path, names)}`, hash]];
  });
}
