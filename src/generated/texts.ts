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

/** What the code of one call is known by within a project. */
export function codeKey({ generator, names }: GeneratedCode): string {
  return `${generator.task} ${names.context ?? ''} ${names.singular}`;
}

/** The call that would write this code, as it is given to `mix`; flags as a version before 1.7 has them where it is one. */
export function callOf(code: GeneratedCode, web: string | null, knowsLive: boolean): string {
  const { generator, names, variant } = code;
  const flags = knowsLive ? variant : variant.replace(/--(?:no-)?live/, '').trim();
  const table = names.table === names.plural ? [] : ['--table', names.table];
  const { context, schema, plural } = names;
  const words = [generator.task, context, schema, plural, ...table, ...(web === null ? [] : ['--web', web]), flags];
  return words.filter(Boolean).join(' ');
}

/** The namespace below the web module that the parts of the web lie in, `Admin`; null where they have none in common. */
export function webNamespace(
  { parts }: GeneratedCode,
  webModule: string,
  moduleOf: (path: string) => string,
): string | null {
  const prefix = `${webModule}.`;
  const modules = parts.map(({ path }) => moduleOf(path)).filter((module) => module.startsWith(prefix));
  const spaces = modules
    .filter((module) => !module.endsWith('Test'))
    .map((module) => module.slice(prefix.length).split('.').slice(0, -1))
    .map((parts) => parts.filter((part) => !part.endsWith('Live')).join('.'));
  const [first] = spaces;
  return spaces.length > 1 && first && spaces.every((space) => space === first) ? first : null;
}
