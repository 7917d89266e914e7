import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { contentsOf, realPath, refusesLinks } from './contents.ts';
import { gitOutput } from './git.ts';
import { decode, type FileTree } from './tree.ts';

/** Directories that never hold a project's own sources. */
const foreign = new Set(['.git', 'deps', '_build', 'node_modules', '.elixir_ls', '.phx-upgrade']);

/**
 * The files of a directory: what git tracks or would track where there is git, every file elsewhere. What git tracks and
 * the disk no longer has, sockets, FIFOs and links that leave the root are no files of the project. Contents are read when
 * asked for, once.
 *
 * A file that git ignores is not listed, but is there when it is asked for by its path: a plan that means to write to that
 * place must see it, as applying does.
 */
export async function diskTree(root: string): Promise<FileTree> {
  const base = realpathSync.native(root);
  const listed = await gitFiles(base);
  const paths = listed === null ? walk(base, '') : standing(base, listed);
  return new DiskTree(base, paths.filter((path) => !isForeign(path)).sort());
}

/** The paths at which there is a file or a link. A directory is read once for all of its files. */
function standing(root: string, paths: readonly string[]): string[] {
  const names = new Map<string, ReadonlySet<string>>();
  return paths.filter((path) => {
    const at = path.lastIndexOf('/');
    const directory = path.slice(0, Math.max(at, 0));
    const known =
      names.get(directory) ??
      new Set(
        entriesOf(join(root, directory))
          .filter(isFile)
          .map(({ name }) => name),
      );
    names.set(directory, known);
    // Where letter case does not count, the directory may spell the name in another way than git.
    return known.has(path.slice(at + 1)) || isFile(lstatSync(join(root, path), { throwIfNoEntry: false }));
  });
}

type Kind = { isFile(): boolean; isSymbolicLink(): boolean };

function isFile(entry: Kind | undefined): boolean {
  return entry !== undefined && (entry.isFile() || entry.isSymbolicLink());
}

/**
 * Files below a directory that git tracks or would track, relative to it; null where there is no git work tree. Ignored
 * files stay out: they are not part of what gets upgraded.
 */
async function gitFiles(root: string): Promise<string[] | null> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
  return (await gitOutput(root, args))?.split('\0').filter(Boolean) ?? null;
}

class DiskTree implements FileTree {
  readonly paths: readonly string[];
  readonly #root: string;
  readonly #listed: Set<string>;
  /** Paths that are not listed, and whether a file is there all the same. */
  readonly #ignored = new Map<string, boolean>();
  /** Either is kept as asked for; few files are needed as both. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #contents = new Map<string, Uint8Array | undefined>();
  /** Directories, and whether they are where they seem to be: no link leads from the root to them. */
  readonly #plain = new Map<string, boolean>();

  constructor(root: string, paths: readonly string[]) {
    this.#root = root;
    this.paths = paths;
    this.#listed = new Set(paths);
  }

  has(path: string): boolean {
    return this.#listed.has(path) || this.#isIgnored(path);
  }

  read(path: string): string | undefined {
    if (!this.has(path)) return undefined;
    if (!this.#texts.has(path)) this.#texts.set(path, decode(this.#contents.get(path) ?? this.#load(path)));
    return this.#texts.get(path);
  }

  bytes(path: string): Uint8Array | undefined {
    if (!this.has(path)) return undefined;
    if (!this.#contents.has(path)) this.#contents.set(path, this.#load(path));
    return this.#contents.get(path);
  }

  executable(path: string): boolean {
    if (!this.has(path)) return false;
    const stats = statSync(join(this.#root, path), { throwIfNoEntry: false });
    return stats !== undefined && (stats.mode & 0o111) !== 0;
  }

  #isIgnored(path: string): boolean {
    const known = this.#ignored.get(path);
    if (known !== undefined) return known;
    const isThere = isBelowRoot(path) && !isForeign(path) && this.#load(path) !== undefined;
    this.#ignored.set(path, isThere);
    return isThere;
  }

  #load(path: string): Uint8Array | undefined {
    // Git's paths are normal already: `join` would look at each of thousands once more.
    const full = `${this.#root}${sep}${path}`;
    const bytes = refusesLinks && this.#isPlain(dirname(full)) ? contentsOf(full) : null;
    return bytes === null ? this.#followed(full) : bytes;
  }

  /** What links at a path lead to; undefined where they leave the root, or lead nowhere. */
  #followed(full: string): Uint8Array | undefined {
    const real = realPath(full);
    return real?.startsWith(this.#root + sep) ? (contentsOf(real) ?? undefined) : undefined;
  }

  #isPlain(directory: string): boolean {
    const known = this.#plain.get(directory);
    if (known !== undefined) return known;
    const plain = realPath(directory) === directory;
    this.#plain.set(directory, plain);
    return plain;
  }
}

function isBelowRoot(path: string): boolean {
  return !isAbsolute(path) && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
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
