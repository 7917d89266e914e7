import { decode, type FileTree } from '../project/tree.ts';
import type { FileChange } from './change-set.ts';

interface File {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

const encoder = new TextEncoder();

/** A project's files with edits on top, in memory. `branch` gives one whose edits can be thrown away. */
export class Workspace {
  readonly #tree: FileTree;
  /** Null for a deleted file. */
  readonly #edits: Map<string, File | null>;
  readonly #renames: Map<string, string>;

  constructor(tree: FileTree, edits = new Map<string, File | null>(), renames = new Map<string, string>()) {
    this.#tree = tree;
    this.#edits = edits;
    this.#renames = renames;
  }

  branch(): Workspace {
    return new Workspace(this.#tree, new Map(this.#edits), new Map(this.#renames));
  }

  has(path: string): boolean {
    const edit = this.#edits.get(path);
    return edit === undefined ? this.#tree.has(path) : edit !== null;
  }

  bytes(path: string): Uint8Array | undefined {
    const edit = this.#edits.get(path);
    return edit === undefined ? this.#tree.bytes(path) : edit?.bytes;
  }

  text(path: string): string | undefined {
    return decode(this.bytes(path));
  }

  executable(path: string): boolean {
    const edit = this.#edits.get(path);
    return edit === undefined ? this.#tree.executable(path) : (edit?.executable ?? false);
  }

  write(path: string, text: string, executable = this.has(path) && this.executable(path)): void {
    this.#edits.set(path, { bytes: encoder.encode(text), executable });
  }

  writeBytes(path: string, bytes: Uint8Array, executable: boolean): void {
    this.#edits.set(path, { bytes, executable });
  }

  setMode(path: string, executable: boolean): void {
    const bytes = this.bytes(path);
    if (bytes !== undefined && this.executable(path) !== executable) this.#edits.set(path, { bytes, executable });
  }

  delete(path: string): void {
    this.#edits.set(path, null);
  }

  rename(from: string, path: string): void {
    const bytes = this.bytes(from);
    if (bytes === undefined) return;
    this.#edits.set(path, { bytes, executable: this.executable(from) });
    this.#edits.set(from, null);
    this.#renames.set(path, from);
  }

  /** Where a file that is gone from its path has been moved to. */
  movedTo(path: string): string | undefined {
    if (this.has(path)) return undefined;
    return [...this.#renames].find(([to, from]) => from === path && this.has(to))?.[0];
  }

  /** The files as a tree, edits included. */
  tree(): FileTree {
    const gone = new Set([...this.#edits].filter(([, file]) => file === null).map(([path]) => path));
    const added = [...this.#edits.keys()].filter((path) => !gone.has(path) && !this.#tree.has(path));
    const paths = [...this.#tree.paths.filter((path) => !gone.has(path)), ...added].sort();
    return {
      paths,
      has: (path) => this.has(path),
      bytes: (path) => this.bytes(path),
      read: (path) => this.text(path),
      executable: (path) => this.executable(path),
    };
  }

  /** What differs from an earlier state of the same project, by path. */
  changesSince(earlier: Workspace): FileChange[] {
    return [...this.#edits.keys()].sort().flatMap((path): FileChange[] => {
      const before = earlier.bytes(path) ?? null;
      const after = this.bytes(path) ?? null;
      const sameMode = this.executable(path) === (earlier.has(path) && earlier.executable(path));
      if (sameBytes(before, after) && (after === null || sameMode)) return [];
      const renamedFrom = before === null ? this.#renames.get(path) : undefined;
      const change = { path, before, after, executable: after !== null && this.executable(path) };
      return [renamedFrom !== undefined && earlier.has(renamedFrom) ? { ...change, renamedFrom } : change];
    });
  }
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null || a === b) return a === b;
  return Buffer.compare(a, b) === 0;
}
