import type { History } from '../facts/history.ts';
import type { Project } from '../project/project.ts';
import type { Comparison, FactMap } from './comparison.ts';
import type { FileOutcome } from './files/outcome.ts';
import type { VersionSpan } from './verdict.ts';

/** What a project's Elixir has to meet. */
export interface ElixirContext {
  /** Oldest Elixir that the target runs on, `1.15`; null where nobody has noted it. */
  readonly needed: string | null;
  /** The place outside of mix.exs that states the oldest Elixir, `1.15.8`; null where none does. */
  readonly builtOn: { readonly version: string; readonly path: string; readonly line: number } | null;
}

/** What rulings know besides the comparisons: the project, the generator's history, and how much text is at hand. */
export interface RulingContext {
  readonly project: Project;
  readonly yours: FactMap;
  readonly history: History;
  readonly span: VersionSpan;
  readonly elixir: ElixirContext;
  /** Whether the text of generated files is at hand. */
  readonly hasText: boolean;
  /** Whether the plan puts another file in the place of one, or takes it away: what such a file names is not used. */
  readonly isReplaced: (path: string) => boolean;
}

/** Rules again on what has been compared so far; the order of comparisons stays. */
export type Pass<Context = RulingContext> = (all: readonly Comparison[], context: Context) => readonly Comparison[];

/** What rulings know once files are planned, too. */
export interface FileRulingContext extends RulingContext {
  /** What becomes of the generator's files; null where their text is not at hand. */
  readonly files: readonly FileOutcome[] | null;
}
