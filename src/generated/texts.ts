import type { Written } from '../pristine/sources/source.ts';
import type { FileTree } from '../project/tree.ts';
import type { GeneratedCode } from './find.ts';
import type { Stage } from './stages.ts';

/** What a generator writes at both ends of a stage, under a project's own names, into one and the same project. */
export interface StageTexts extends Stage {
  /** The project that both ran in. */
  readonly project: FileTree;
  readonly base: Written;
  readonly target: Written;
}

/** Texts for the code of one call. */
export interface CodeTexts {
  readonly key: string;
  /** None where they could not be had. */
  readonly stages: readonly StageTexts[];
}

/** What generated code is known by within a project. */
export function codeKey({ codes: [{ generator, names }] }: GeneratedCode): string {
  const name = generator.marks === null ? names.context : `${names.context} ${names.singular}`;
  return `${generator.marks === null ? 'context' : generator.task} ${name}`;
}
