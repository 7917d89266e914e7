import type { TreeDiff } from '../../diff/tree-diff.ts';
import type { Names } from '../../elixir/names.ts';
import type { History } from '../../facts/history.ts';
import type { SourceFiles } from '../../project/source-files.ts';
import type { FileTree } from '../../project/tree.ts';

/** What planning of files needs of a project; `Project` has it. */
export interface ProjectFiles {
  readonly tree: FileTree;
  readonly sources: SourceFiles;
  readonly names: Names;
  readonly umbrella: boolean;
  readonly core: { readonly directory: string };
  readonly web: { readonly directory: string };
}

/** Generated text under the project's names. */
export interface PristineTexts {
  /** What changed from `old` to `target`. */
  readonly diff: TreeDiff;
  readonly old: FileTree;
  readonly target: FileTree;
  /** Versions between the two, both included, that `baseText` is worth asking for. */
  readonly versions: readonly string[];
  /** A file as one of these versions wrote it; undefined where it did not, or is not at hand. */
  readonly baseText: (path: string, version: string) => string | undefined;
}

/** All that the plan for whole files is made from. */
export interface FilesInput {
  readonly project: ProjectFiles;
  /** Its `file/…` addresses have the hash of every file that any version wrote. */
  readonly history: History;
  readonly from: string;
  readonly to: string;
  /** Version that the project stems from; null when nothing tells. */
  readonly origin: string | null;
  /** Null when only hashes are known: what needs text then says so. */
  readonly texts: PristineTexts | null;
  /** Generated paths that facts decide on, key by key; file plans leave them alone. */
  readonly factOwned: ReadonlySet<string>;
  /** Files of the project that facts edit as well: what these write has to outlast the target's text. */
  readonly edited?: ReadonlySet<string>;
}
