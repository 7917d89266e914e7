import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gitFiles } from './git.ts';
import { decode, type FileTree } from './tree.ts';

/** Directories that never hold a project's own sources. */
const foreign = new Set(['.git', 'deps', '_build', 'node_modules', '.elixir_ls', '.phx-upgrade']);

/**
 * The files of a directory: what git tracks or would track where there is git, every file elsewhere. Sockets,
 * FIFOs and links that leave the root are no files of the project. Contents are read when asked for, once.
 */
export function diskTree(root: string): FileTree {
  const base = realpathSync(root);
  const paths = (gitFiles(base) ?? walk(base, '')).filter((path) => !isForeign(path)).sort();
  return new DiskTree(base, paths);
}

class DiskTree implements FileTree {
  readonly paths: readonly string[];
  readonly #root: string;
  readonly #known: Set<string>;
  readonly #contents = new Map<string, Uint8Array | undefined>();

  constructor(root: string, paths: readonly string[]) {
    this.#root = root;
    this.paths = paths;
    this.#known = new Set(paths);
  }

  has(path: string): boolean {
    return this.#known.has(path);
  }

  read(path: string): string | undefined {
    return decode(this.bytes(path));
  }

  bytes(path: string): Uint8Array | undefined {
    if (!this.#known.has(path)) return undefined;
    if (!this.#contents.has(path)) this.#contents.set(path, this.#load(path));
    return this.#contents.get(path);
  }

  executable(path: string): boolean {
    if (!this.#known.has(path)) return false;
    return (statSync(join(this.#root, path)).mode & 0o111) !== 0;
  }

  #load(path: string): Uint8Array | undefined {
    const full = join(this.#root, path);
    try {
      const real = realpathSync(full);
      const inside = real === this.#root || real.startsWith(this.#root + sep);
      return inside && statSync(real).isFile() ? readFileSync(real) : undefined;
    } catch {
      // Listed by git but deleted, unreadable or a dangling link: the project does not have it.
      return undefined;
    }
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
    return lstatSync(realpathSync(path)).isFile();
  } catch {
    return false;
  }
}
