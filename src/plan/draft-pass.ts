import type { Packages } from '../packages/store.ts';
import type { Project } from '../project/project.ts';
import type { Draft } from './draft.ts';
import type { IgnoreRules } from './ignore.ts';

/** What passes over drafts know besides the drafts. */
export interface DraftContext {
  readonly project: Project;
  /** Facts of packages. */
  readonly packages: Packages;
  /** Version that the plan goes to. */
  readonly to: string;
  /** What the project says of its Elixir. */
  readonly elixir: StatedElixir;
  /** What the user wants left out. */
  readonly ignore: IgnoreRules | undefined;
}

/** The Elixir that a project states. */
export interface StatedElixir {
  /** An exact version, of an image or a version manager. */
  readonly exact: string | null;
  /** The oldest of all exact ones, those of CI among them. */
  readonly oldest: string | null;
  /** The requirement of mix.exs. */
  readonly asked: string | null;
}

/** Looks at all drafts of a plan together, before they are ordered and carried out. */
export type DraftPass = (drafts: readonly Draft[], context: DraftContext) => readonly Draft[];
