import { readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { contentsOf, refusesLinks } from './contents.ts';
import { gitFiles } from './git.ts';
import { decode, type FileTree } from './tree.ts';

/** Directories that never hold a project's own sources. */
const foreign = new Set(['.git', 'deps', '_build', 'node_modules', '.elixir_ls', '.phx-upgrade']);

/**
 * The files of a directory: what git tracks or would track where there is git, every file elsewhere. Sockets,
 * FIFOs and links that leave the root are no files of the project. Contents are read when asked for, once.
 */
export function diskTree(root: string): FileTree {
  const base = realpathSync.native(root);
  const paths = (gitFiles(base) ?? walk(base, '')).filter((path) => !isForeign(path)).sort();
  return new DiskTree(base, paths);
}

class DiskTree implements FileTree {
  readonly paths: readonly string[];
  readonly #root: string;
  readonly #known: Set<string>;
  /** Either is kept as asked for; few files are needed as both. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #contents = new Map<string, Uint8Array | undefined>();
  /** Directories, and whether they are where they seem to be: no link leads from the root to them. */
  readonly #plain = new Map<string, boolean>();

  constructor(root: string, paths: readonly string[]) {
    this.#root = root;
    this.paths = paths;
    this.#known = new Set(paths);
  }

  has(path: string): boolean {
    return this.#known.has(path);
  }

  read(path: string): string | undefined {
    if (!this.#known.has(path)) return undefined;
    if (!this.#texts.has(path)) this.#texts.set(path, decode(this.#contents.get(path) ?? this.#load(path)));
    return this.#texts.get(path);
  }

  bytes(path: string): Uint8Array | undefined {
    if (!this.#known.has(path)) return undefined;
    if (!this.#contents.has(path)) this.#contents.set(path, this.#load(path));
    return this.#contents.get(path);
  }

  executable(path: string): boolean {
    if (!this.#known.has(path)) return false;
    const stats = statSync(join(this.#root, path), { throwIfNoEntry: false });
    return stats !== undefined && (stats.mode & 0o111) !== 0;
  }

  #load(path: string): Uint8Array | undefined {
    // Git's paths are normal already: `join` would look at each of thousands once more.
    const full = `${this.#root}${sep}${path}`;
    const bytes = refusesLinks && this.#isPlain(dirname(full)) ? contentsOf(full) : null;
    return bytes === null ? this.#followed(full) : bytes;
  }

  /** What links at a path lead to; undefined where they leave the root, or lead nowhere. */
  #followed(full: string): Uint8Array | undefined {
    try {
      const real = realpathSync.native(full);
      return real.startsWith(this.#root + sep) ? (contentsOf(real) ?? undefined) : undefined;
    } catch {
      // Listed by git but deleted, or a dangling link: the project does not have it.
      return undefined;
    }
  }

  #isPlain(directory: string): boolean {
    const known = this.#plain.get(directory);
    if (known !== undefined) return known;
    const plain = realpathSync.native(directory) === directory;
    this.#plain.set(directory, plain);
    return plain;
  }
}

function isForeign(path: string): boolean {
  return path.split('/').some((part, index, parts) => index < parts.length - 1 && foreign.has(part));
}

/** Every file below a directory; links are listed, not followed, so that a loop of links ends. */
function walk(root: string, directory: string): string[] {
  return entriesOf(join(root, directory)).flatMap((entry) => {
    const path = directory ? `${directory}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : walk(root, path);
    if (entry.isSymbolicLink()) return linksToFile(join(root, path)) ? [path] : [];
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    // An unreadable directory holds nothing that can be planned for.
    return [];
  }
}

function linksToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
