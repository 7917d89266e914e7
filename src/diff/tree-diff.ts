/** A stretch of lines that differ, with three lines around. Lines count from 1. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** What git takes for the enclosing definition; empty when there is none. */
  readonly heading: string;
  /** Lines with their mark: a space, `-`, `+`, or `\` where a last line has no line break. */
  readonly lines: readonly string[];
}

/** What happened to one file. */
export interface FileDiff {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed';
  /** Path in the new tree; of a deleted file, its path in the old one. */
  readonly path: string;
  /** Path in the old tree, of a renamed file. */
  readonly from: string | null;
  /** How alike a renamed file's two contents are, in percent. */
  readonly similarity: number | null;
  /** Git's modes, `100644` or `100755`; null on the side where the file is not. */
  readonly oldMode: string | null;
  readonly newMode: string | null;
  /** Git's object names of both contents, all zeros where there is none; null when the content is the same. */
  readonly blobs: { readonly old: string; readonly new: string } | null;
  readonly hunks: readonly Hunk[];
  /** Git's own encoding of a binary change, line by line; null for text. */
  readonly binary: readonly string[] | null;
}

/** What `git diff` says about two trees, as data. Files are in git's order, by path. */
export interface TreeDiff {
  readonly files: readonly FileDiff[];
}

/** A diff of the files alone that lie at one of the paths or below it; both names of a renamed file count. */
export function including(diff: TreeDiff, paths: readonly string[]): TreeDiff {
  if (paths.length === 0) return diff;
  const wanted = paths.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, ''));
  const lies = (path: string | null) =>
    path !== null && wanted.some((root) => root === '' || root === '.' || path === root || path.startsWith(`${root}/`));
  return { files: diff.files.filter((file) => lies(file.path) || lies(file.from)) };
}
