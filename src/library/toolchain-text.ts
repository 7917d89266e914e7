import { exportedRegexSince, hasExportedRegex, withoutExportedRegex } from '../elixir/exported-regex.ts';
import { BuildFiles } from '../findings/build-files.ts';
import { ownVersions } from '../findings/deployment/versions.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { Project } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';

/**
 * Gives generated projects as the project's own Elixir can read them: the regex modifier `E`, which comes from the Elixir
 * that they were generated on, stays only where the project states an Elixir that has it or uses it already.
 */
export function readableByProject(project: Project): (tree: FileTree) => FileTree {
  let known: boolean | undefined;
  const takesExported = () => {
    known ??= statesNewElixir(project) || usesExportedRegex(project);
    return known;
  };
  return (tree) => withTexts(tree, (text) => (takesExported() ? text : withoutExportedRegex(text)));
}

function statesNewElixir({ sources }: Project): boolean {
  const { elixir } = ownVersions(new BuildFiles(sources));
  return elixir !== null && compareVersions(elixir, exportedRegexSince) >= 0;
}

function usesExportedRegex({ config, tree }: Project): boolean {
  return config.files.some(({ path }) => hasExportedRegex(tree.read(path) ?? ''));
}

/** A tree whose Elixir files that have a regular expression with `E` read otherwise. */
function withTexts(tree: FileTree, change: (text: string) => string): FileTree {
  const changed = (path: string) => {
    const text = /\.exs?$/.test(path) ? tree.read(path) : undefined;
    return text !== undefined && hasExportedRegex(text) ? change(text) : undefined;
  };
  return {
    paths: tree.paths,
    has: (path) => tree.has(path),
    read: (path) => changed(path) ?? tree.read(path),
    bytes: (path) => {
      const text = changed(path);
      return text === undefined ? tree.bytes(path) : new TextEncoder().encode(text);
    },
    executable: (path) => tree.executable(path),
  };
}
