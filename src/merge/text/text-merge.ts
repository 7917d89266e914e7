import { bodyText, linesOf, type Region } from './region.ts';

/** A region that a person has to settle. */
export interface RegionConflict {
  /** Line of the user's file at which it begins, from 1. */
  readonly line: number;
  readonly base: string;
  readonly yours: string;
  readonly target: string;
}

/** A merged file: regions in the order of the result, and what belongs to the file as a whole. */
export interface TextMerge {
  readonly regions: readonly Region[];
  /** How the lines of the user's file end. */
  readonly newline: '\n' | '\r\n';
  /** Whether the result's last line has a line break. */
  readonly lastNewline: boolean;
}

/** What a person chose for one conflict. */
export type Choice = 'target' | 'yours';

/** A file's text without its line ends, and what they were. */
export interface Plain {
  /** Every line with a line feed, also the last. */
  readonly text: string;
  readonly newline: '\n' | '\r\n';
  /** Null for an empty text, which has none to judge by. */
  readonly lastNewline: boolean | null;
}

/** A text in the form in which texts are merged. A file of mixed line ends keeps them, as part of its lines. */
export function plain(text: string): Plain {
  const breaks = text.split('\n').length - 1;
  const dos = breaks > 0 && text.split('\r\n').length - 1 === breaks;
  const lines = dos ? text.replaceAll('\r\n', '\n') : text;
  const lastNewline = text === '' ? null : lines.endsWith('\n');
  return { text: lastNewline === false ? `${lines}\n` : lines, newline: dos ? '\r\n' : '\n', lastNewline };
}

/** A text that takes the place of another, with what of that one says nothing: its line ends and its byte order mark. */
export function inFormOf(yours: string, text: string): string {
  const marked = yours.startsWith('\uFEFF') ? `\uFEFF${text}` : text;
  return plain(yours).newline === '\n' ? marked : marked.replaceAll('\n', '\r\n');
}

/** Three texts of one file, ready to be merged. */
export interface Texts {
  readonly base: string;
  readonly yours: string;
  readonly target: string;
  readonly newline: '\n' | '\r\n';
  readonly lastNewline: boolean;
}

/** Three texts with `\n` alone at the end of lines, and how the lines of the result are to end. */
export function textsOf(base: string, yours: string, target: string): Texts {
  const [b, y, t] = [plain(base), plain(yours), plain(target)];
  const own = y.lastNewline ?? t.lastNewline ?? true;
  return {
    base: b.text,
    yours: y.text,
    target: t.text,
    newline: y.newline,
    lastNewline: own === (b.lastNewline ?? own) ? (t.lastNewline ?? own) : own,
  };
}

/** The merge of texts into these regions. */
export function mergeOf({ newline, lastNewline }: Texts, regions: readonly Region[]): TextMerge {
  return { regions, newline, lastNewline };
}

/** A merge that leaves the file as a whole to a person. */
export function wholeConflict(texts: Texts): TextMerge {
  const { base, yours, target } = texts;
  return mergeOf(texts, [{ kind: 'conflict', base, yours, target, text: yours, targetLine: 1 }]);
}

/** The result, with the user's text for every conflict. */
export function mergedText(merge: TextMerge): string {
  return written(merge, bodyText(merge.regions));
}

/**
 * The result with a choice for each conflict, in their order; those without one keep the user's text.
 */
export function resolveRegions(merge: TextMerge, choices: readonly (Choice | undefined)[]): string {
  let at = 0;
  const text = bodyText(merge.regions, (region) => {
    if (region.kind !== 'conflict') return region.text;
    const choice = choices[at];
    at += 1;
    return choice === 'target' ? region.target : region.yours;
  });
  return written(merge, text);
}

function written({ newline, lastNewline }: TextMerge, body: string): string {
  const text = lastNewline ? body : body.replace(/\n$/, '');
  return newline === '\n' ? text : text.replaceAll('\n', '\r\n');
}

/** The conflicts of a merge in order, with the line of the user's file at which each begins. */
export function conflictsOf({ regions }: TextMerge): RegionConflict[] {
  let line = 1;
  return regions.flatMap(({ kind, base, yours, target }) => {
    const conflict = { line, base, yours, target };
    line += linesOf(yours).length;
    return kind === 'conflict' ? [conflict] : [];
  });
}

/** Whether no region is left to a person. */
export function isClean({ regions }: TextMerge): boolean {
  return regions.every(({ kind }) => kind !== 'conflict');
}

/** Names of the three sides beside git's conflict markers. */
export interface MarkerLabels {
  readonly yours: string;
  readonly base: string;
  readonly target: string;
}

/** The result with git's conflict markers, the base in the middle (`diff3` style). */
export function markedText(merge: TextMerge, labels: MarkerLabels): string {
  const text = bodyText(merge.regions, ({ kind, base, yours, target, text: result }) =>
    kind === 'conflict'
      ? `<<<<<<< ${labels.yours}\n${yours}||||||| ${labels.base}\n${base}=======\n${target}>>>>>>> ${labels.target}\n`
      : result,
  );
  return written(merge, text);
}
