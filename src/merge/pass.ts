import type { History } from '../facts/history.ts';
import type { Project } from '../project/project.ts';
import type { Comparison, FactMap } from './comparison.ts';
import type { FileOutcome } from './files/outcome.ts';
import type { VersionSpan } from './verdict.ts';

/** What rulings know besides the comparisons: the project, the generator's history, and how much text is at hand. */
export interface RulingContext {
  readonly project: Project;
  readonly yours: FactMap;
  readonly history: History;
  readonly span: VersionSpan;
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
