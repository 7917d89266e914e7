import type { Names } from '../../elixir/names.ts';
import type { FileTree } from '../../project/tree.ts';
import type { GeneratorCall } from '../generator-call.ts';

/** Where generated text comes from; `snapshots` have facts only and are no such source. */
export type PristineKind = 'pack' | 'cache' | 'hex' | 'mix';

/** One pristine project that is wanted. Flags in any order; each source takes what the version has. */
export interface PristineRequest {
  readonly version: string;
  readonly flags: readonly string[];
  readonly names: Names;
  /** Only what this Elixir and OTP wrote will do; absent where any will. */
  readonly toolchain?: string | null;
}

/** A generated project with where it came from. */
export interface Pristine {
  readonly kind: PristineKind;
  readonly tree: FileTree;
  /** Elixir and OTP that wrote it, `elixir-1.14.0-otp-25`; null where a pack does not say. */
  readonly toolchain: string | null;
}

/** A place that pristine projects come from. */
export interface PristineSource {
  readonly kind: PristineKind;
  /** Stable versions, oldest first. */
  versions(): Promise<readonly string[]>;
  /**
   * The project that `mix phx.new` writes, or null where this source does not have it and another may. Throws
   * an UpgradeError where it should have it and fails.
   */
  project(request: PristineRequest): Promise<Pristine | null>;
  /** What `mix phx.gen.release --docker` adds to that project, or null as above. Umbrella roots have none. */
  release(request: PristineRequest): Promise<Pristine | null>;
  /** The project with what generators write into it, or null as above; absent where no generator can be run. */
  generated?(request: GeneratorRequest): Promise<Generated | null>;
  /** What generators write into a project that is given, or null as above; absent where no generator can be run. */
  writtenInto?(project: FileTree, request: GeneratorRequest): Promise<Written | null>;
}

/** One pristine project and what generators of the `phoenix` package write into it. */
export interface GeneratorRequest extends PristineRequest {
  /** In the order in which they run. */
  readonly calls: readonly GeneratorCall[];
  /** Version of the package `phx_gen_auth`, for Phoenix 1.5; its last one where left out. */
  readonly apart?: string;
}

/** The files of a project after generators ran in it. */
export interface Written {
  readonly tree: FileTree;
  /** Paths of the files that a generator wrote or changed. */
  readonly written: ReadonlySet<string>;
}

/** A project after generators ran in it. */
export interface Generated extends Pristine, Written {}

/** Hears what is being done, one line for each step: `generating 1.8.3 (--no-ecto)`. */
export type Progress = (message: string) => void;

/** Whether a project was made by the toolchain that is asked for, if one is. */
export function fitsToolchain(made: { readonly toolchain: string }, { toolchain }: PristineRequest): boolean {
  return toolchain === undefined || toolchain === null || made.toolchain === toolchain;
}
