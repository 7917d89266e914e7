import { posix } from 'node:path';
import { Refusal } from './refusal.ts';

interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** Files in memory by absolute path: those given are read, those written lie over them. Nothing reaches a disk. */
export class FileMap {
  readonly #given: ReadonlyMap<string, Uint8Array>;
  readonly #written = new Map<string, WrittenFile>();
  readonly #directories = new Set<string>(['/']);
  #current: string;

  constructor(given: ReadonlyMap<string, Uint8Array>, current: string) {
    this.#given = given;
    this.#current = current;
    for (const path of given.keys()) this.#addParents(path);
    this.addDirectory(current);
  }

  get written(): ReadonlyMap<string, WrittenFile> {
    return this.#written;
  }

  get current(): string {
    return this.#current;
  }

  /** Runs `work` in another directory. */
  within<T>(directory: string, work: () => T): T {
    const before = this.#current;
    this.#current = this.absolute(directory);
    try {
      return work();
    } finally {
      this.#current = before;
    }
  }

  /** Path without `.`, `..` and doubled slashes, from the current directory unless another is given. */
  absolute(path: string, from = this.#current): string {
    return posix.resolve('/', from, path);
  }

  read(path: string): Uint8Array | undefined {
    const absolute = this.absolute(path);
    return this.#written.get(absolute)?.bytes ?? this.#given.get(absolute);
  }

  write(path: string, bytes: Uint8Array): void {
    const absolute = this.absolute(path);
    if (this.#directories.has(absolute)) throw new Refusal('file', `${absolute} is a directory`);
    this.#written.set(absolute, { bytes, executable: this.#written.get(absolute)?.executable ?? false });
    this.#addParents(absolute);
  }

  /** All files below a directory, sorted, by their paths as seen from it. */
  below(directory: string): string[] {
    const prefix = `${this.absolute(directory)}/`;
    const all = new Set([...this.#given.keys(), ...this.#written.keys()]);
    return [...all]
      .filter((path) => path.startsWith(prefix))
      .sort()
      .map((path) => path.slice(prefix.length));
  }

  /** Permission bits, as `chmod` takes them. */
  setMode(path: string, mode: number): void {
    const absolute = this.absolute(path);
    const file = this.#written.get(absolute);
    if (file) this.#written.set(absolute, { ...file, executable: (mode & 0o100) !== 0 });
  }

  isDirectory(path: string): boolean {
    return this.#directories.has(this.absolute(path));
  }

  isFile(path: string): boolean {
    return this.read(path) !== undefined;
  }

  addDirectory(path: string): void {
    const absolute = this.absolute(path);
    this.#directories.add(absolute);
    this.#addParents(absolute);
  }

  /** Names in a directory, sorted; null where there is none. */
  list(path: string): string[] | null {
    const absolute = this.absolute(path);
    if (!this.#directories.has(absolute)) return null;
    const prefix = absolute === '/' ? '/' : `${absolute}/`;
    const names = new Set<string>();
    for (const known of [...this.#given.keys(), ...this.#written.keys(), ...this.#directories]) {
      if (known.startsWith(prefix) && known !== prefix) names.add(known.slice(prefix.length).split('/')[0] ?? '');
    }
    return [...names].filter((name) => name !== '').sort();
  }

  #addParents(path: string): void {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const parent = path.slice(0, at);
      if (this.#directories.has(parent)) return;
      this.#directories.add(parent);
    }
  }
}
