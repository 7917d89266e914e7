/**
 * Files by path: a user's project, a pristine project or a pack's entry. Paths are relative, with `/`. On disk a file that
 * git ignores may be there without being listed.
 */
export interface FileTree {
  /** Sorted by code unit. Directories, `.git`, `deps`, `_build` and `node_modules` are absent. */
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** Text of a file as it is on disk (BOM and CRLF kept), or undefined when absent or not UTF-8. */
  read(path: string): string | undefined;
  bytes(path: string): Uint8Array | undefined;
  executable(path: string): boolean;
}

/** A file of a tree in memory. */
export interface TreeFile {
  readonly bytes: Uint8Array;
  readonly executable?: boolean;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A tree in memory. */
export function memoryTree(files: ReadonlyMap<string, TreeFile>): FileTree {
  const paths = [...files.keys()].sort();
  return {
    paths,
    has: (path) => files.has(path),
    read: (path) => decode(files.get(path)?.bytes),
    bytes: (path) => files.get(path)?.bytes,
    executable: (path) => files.get(path)?.executable ?? false,
  };
}

/** A tree with another text wherever `textAt` gives one. */
export function withTexts(tree: FileTree, textAt: (path: string) => string | undefined): FileTree {
  const encoder = new TextEncoder();
  const files = new Map<string, TreeFile>();
  for (const path of tree.paths) {
    const text = textAt(path);
    const bytes = text === undefined ? tree.bytes(path) : encoder.encode(text);
    if (bytes) files.set(path, { bytes, executable: tree.executable(path) });
  }
  return memoryTree(files);
}

/** The files of some trees; of one path, that of the last tree that has it. */
export function joinedTrees(...trees: readonly FileTree[]): FileTree {
  return memoryTree(new Map(trees.flatMap((tree) => tree.paths.map((path) => [path, fileOf(tree, path)] as const))));
}

/** The files of a tree whose paths are wanted. */
export function filteredTree(tree: FileTree, isWanted: (path: string) => boolean): FileTree {
  return memoryTree(new Map(tree.paths.filter(isWanted).map((path) => [path, fileOf(tree, path)] as const)));
}

function fileOf(tree: FileTree, path: string): TreeFile {
  return { bytes: tree.bytes(path) ?? new Uint8Array(), executable: tree.executable(path) };
}

/** Texts of files decoded before: states of a project share most of their files. */
const decoded = new WeakMap<Uint8Array, string | null>();

/** UTF-8 text, or undefined for anything else (NUL bytes included). The bytes of a file never change. */
export function decode(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const known = decoded.get(bytes);
  const text = known === undefined ? textOf(bytes) : known;
  if (known === undefined) decoded.set(bytes, text);
  return text ?? undefined;
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
