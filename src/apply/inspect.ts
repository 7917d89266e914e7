import { dirname } from 'node:path';
import { parse } from '../elixir/parse.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { UpgradeError } from '../errors/error.ts';
import type { FileChange, StepChange } from '../merge/change-set.ts';
import { decode } from '../project/tree.ts';
import type { FileMove, Part } from './journal.ts';
import { obstacleAt, placeOf } from './place.ts';
import type { KnownDirectory } from './settle.ts';
import { bytesOf, type FileState, fileOf, sameState, stateAt } from './state.ts';
import { inBase, type Worktree } from './worktree.ts';

/** What a change set does to the files that are there now. */
export interface Inspection {
  /** One part per change, in order; those that change nothing are left out. */
  readonly parts: readonly Part[];
  /** Path relative to the base, by the path that the plan names. */
  readonly places: ReadonlyMap<string, string>;
  readonly directories: readonly KnownDirectory[];
}

/**
 * Compares a change set with the files on the disk. Writes nothing.
 *
 * @throws UpgradeError `changed-since-plan`, `outside-root`, `directory-in-the-way`, `file-in-the-way`,
 *   `read-only`, `one-file-twice`, `unreadable-file`; each names all the files it is about
 */
export function inspect(worktree: Worktree, changes: readonly StepChange[]): Inspection {
  const reading = new Inspecting(worktree);
  const parts = changes.map(({ step, files }) => reading.part(step, files));
  reading.report();
  const directories = reading.directories();
  return { parts: parts.filter(({ files }) => files.length > 0), places: reading.places, directories };
}

class Inspecting {
  readonly places = new Map<string, string>();
  readonly #worktree: Worktree;
  /** Bytes by planned path, and states by place, after the changes seen so far. */
  readonly #bytes = new Map<string, Uint8Array | null>();
  readonly #states = new Map<string, FileState>();
  readonly #modes = new Map<string, number>();
  readonly #problems = new Map<ErrorCode, Set<string>>();
  readonly #refused = new Set<string>();

  constructor(worktree: Worktree) {
    this.#worktree = worktree;
  }

  part(step: string, changes: readonly FileChange[]): Part {
    const moves = new Map<string, FileMove>();
    for (const change of changes) {
      const move = this.#move(change);
      if (move) moves.set(move.path, { ...move, before: moves.get(move.path)?.before ?? move.before });
    }
    const files = [...moves.values()].filter(({ before, after }) => !sameState(before, after));
    return { steps: [step], files, commit: null };
  }

  /** Throws the first kind of problem that was found, with all its files. */
  report(): void {
    for (const [code, paths] of this.#problems) throw new UpgradeError(code, { path: [...paths].join(', ') });
  }

  directories(): readonly KnownDirectory[] {
    const { base, machine } = this.#worktree;
    const known = new Map<string, KnownDirectory>();
    for (const place of this.#states.keys()) {
      for (let path = dirname(place); path !== '.' && !known.has(path); path = dirname(path)) {
        const entry = machine.disk.look(`${base}/${path}`);
        if (entry !== null) known.set(path, { path, mode: entry.mode });
      }
    }
    return [...known.values()];
  }

  #problem(code: ErrorCode, path: string): void {
    this.#refused.add(path);
    this.#problems.set(code, (this.#problems.get(code) ?? new Set()).add(path));
  }

  #move(change: FileChange): FileMove | null {
    if (this.#refused.has(change.path)) return null;
    const place = this.#placeOf(change);
    if (place === null) return null;
    const before = this.#states.get(place) ?? this.#firstLook(change, place);
    if (before === null) return null;
    this.#follow(change);
    const after = this.#after(change, before);
    this.#states.set(place, after);
    return { path: place, before, after };
  }

  #placeOf(change: FileChange): string | null {
    const { machine, root } = this.#worktree;
    try {
      const place = inBase(this.#worktree, placeOf(machine.disk, root, change.path, change.after !== null));
      const other = [...this.places].find(([path, taken]) => taken === place && path !== change.path);
      if (other) throw new UpgradeError('one-file-twice', { path: other[0] });
      this.places.set(change.path, place);
      return place;
    } catch (error) {
      if (!(error instanceof UpgradeError)) throw error;
      this.#problem(error.code, change.path);
      return null;
    }
  }

  /** The state of a place that no earlier change touched; null when it cannot be changed. */
  #firstLook(change: FileChange, place: string): FileState | null {
    const { base, root, machine } = this.#worktree;
    const obstacle = obstacleAt(machine.disk, `${base}/${place}`);
    const state =
      obstacle === null ? readable(change.path, () => stateAt(machine.disk, `${base}/${place}`)) : undefined;
    if (state === undefined) {
      this.#problem(obstacle ?? 'file-in-the-way', change.path);
      return null;
    }
    if (!this.#bytes.has(change.path)) {
      const target = placeOf(machine.disk, root, change.path, true);
      const content = readable(change.path, () => stateAt(machine.disk, target));
      this.#bytes.set(change.path, bytesOf(content ?? state));
      if (!sameBytes(this.#bytes.get(change.path) ?? null, change.before)) {
        this.#problem('changed-since-plan', change.path);
        return null;
      }
    }
    if (state.kind === 'file') this.#modes.set(change.path, state.mode);
    return state;
  }

  /** A change set that does not hang together is a mistake of this program, not of the project. */
  #follow(change: FileChange): void {
    if (!sameBytes(this.#bytes.get(change.path) ?? null, change.before)) {
      throw new Error(`The changes to ${change.path} do not follow from one another.`);
    }
    this.#bytes.set(change.path, change.after);
  }

  #after(change: FileChange, before: FileState): FileState {
    if (change.after === null) return { kind: 'absent' };
    const kept = before.kind === 'file' ? before.mode : this.#modeOf(change.renamedFrom);
    const mode = kept ?? 0o666 & ~this.#worktree.machine.umask;
    const executes = (mode & 0o444) >> 2; // whoever may read it may run it
    const owner = before.kind === 'file' ? before.owner : undefined;
    const state = fileOf(change.after, change.executable ? mode | executes : mode, owner);
    if (state.kind === 'file') this.#modes.set(change.path, state.mode);
    return state;
  }

  /** Mode of the file that a rename starts from. */
  #modeOf(path: string | undefined): number | undefined {
    if (path === undefined || this.#modes.has(path)) return path === undefined ? path : this.#modes.get(path);
    const { machine, root } = this.#worktree;
    const state = stateAt(machine.disk, placeOf(machine.disk, root, path, true));
    return state?.kind === 'file' ? state.mode : undefined;
  }
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UpgradeError('unreadable-file', { path, reason: String(error.code) }, error);
  }
}

function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.from(one).equals(other);
}

/**
 * Makes sure that what is about to be written is Elixir where it was Elixir before.
 *
 * @throws UpgradeError `step-does-not-parse`
 */
export function mustParse(changes: readonly StepChange[]): void {
  for (const { step, files } of changes) {
    const broken = files.find(({ path, before, after }) => {
      return /\.exs?$/.test(path) && isBroken(after) && !isBroken(before);
    });
    if (broken) throw new UpgradeError('step-does-not-parse', { step, path: broken.path });
  }
}

function isBroken(bytes: Uint8Array | null): boolean {
  if (bytes === null) return false;
  const text = decode(bytes);
  return text === undefined || parse(text.replace(/^\uFEFF/, '')).problems.length > 0;
}
