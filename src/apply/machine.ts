import type { RunGit } from '../project/git.ts';

/** What stands at a path, the link itself where it is a symlink. */
export interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits alone, as in 0o644. */
  readonly mode: number;
  /** False where the mode or the system forbids writing, also to root when no write bit is set. */
  readonly writable: boolean;
  readonly owner: FileOwner;
}

/** The user and the group that a file belongs to, by number. */
export interface FileOwner {
  readonly user: number;
  readonly group: number;
}

/** The little of a file system that applying needs. Paths are absolute; every failure keeps its `code`. */
export interface Disk {
  /** Null when nothing is there. */
  look(path: string): Entry | null;
  read(path: string): Uint8Array;
  readLink(path: string): string;
  /** Null for a path that does not exist and for a link to nothing. */
  realPath(path: string): string | null;
  list(path: string): readonly string[];
  /**
   * Makes a file that must not exist yet, and returns when its bytes are on the disk. It belongs to `owner` where the system
   * lets this process give it away, else to whom its new files belong.
   */
  create(path: string, bytes: Uint8Array, mode: number, owner?: FileOwner): void;
  makeLink(path: string, to: string): void;
  /** Gives the file at `from` a second name, which nothing may have yet. */
  link(from: string, to: string): void;
  makeDirectory(path: string, mode: number): void;
  /** Replaces what is at `to`, all at once. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  removeDirectory(path: string): void;
  /** Returns when the names in a directory are on the disk. */
  syncDirectory(path: string): void;
}

/** What one run of a program gets besides its arguments; `env` is added to the environment of this process. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  /** Called with the output as it comes; the program then also reads the terminal. */
  readonly watch?: (output: string) => void;
  /** In seconds; a program that takes longer is ended. */
  readonly limit?: number | undefined;
}

/** What became of one run of a program. */
export interface RunResult {
  /** Null when the program could not be started or was ended by a signal. */
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  /** Whether it was ended because it took longer than its limit. */
  readonly tookTooLong?: boolean;
}

/** Runs one program that a plan names, with its arguments; no shell ever sees them. Never rejects. */
export type Run = (program: string, args: readonly string[], options: RunOptions) => Promise<RunResult>;

/** A process as a lock names it. `since` tells two processes apart that got the same number. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** Everything outside this program that applying touches, so that tests can stand in for each part. */
export interface Machine {
  readonly disk: Disk;
  readonly run: Run;
  readonly git: RunGit;
  readonly owner: Owner;
  /** False only when that process is known to have ended. */
  isRunning(owner: Owner): boolean;
  readonly umask: number;
}

/** Where an apply takes place. */
export interface ApplyContext {
  readonly machine: Machine;
  /** The project's root. */
  readonly root: string;
  /** This program's cache directory; holds the journal of a project outside git. */
  readonly cache: string;
}
