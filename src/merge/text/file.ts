import { parse } from '../../elixir/parse.ts';
import { RecentTexts } from '../../elixir/recent-texts.ts';
import { withOwnAliases, withoutIdleAliases } from './aliased.ts';
import { conserving, misplacedLines } from './conservation.ts';
import { agreesByDefinitions } from './definitions/agreement.ts';
import { mergeDefinitions } from './definitions/definitions.ts';
import { duplicateDefinitions } from './definitions/duplicates.ts';
import { mergeFormatter } from './formatter.ts';
import { mergeJson } from './json.ts';
import { memberOf, mergeLineSets } from './line-set.ts';
import { mergeMessages } from './messages.ts';
import { bodyText, linesOf, type Region, unspaced } from './region.ts';
import { bindsOnce } from './script-imports.ts';
import { mergeOf, type TextMerge, type Texts, textsOf, wholeConflict } from './text-merge.ts';
import { threeWayText } from './three-way.ts';

/**
 * Three-way merge of one file by what suits its kind. By lines first; what conflicts is tried again by entries
 * (`.gitignore`, imports), keys (JSON, `.formatter.exs`) or definitions (Elixir). A result that would lose or double a
 * line, that does not parse where the user's file did, or that would change when merged again, is no result: the next
 * plainer one is taken, and in the end the file is one conflict.
 */
export function mergeFile(path: string, base: string, yours: string, target: string): TextMerge {
  return recent.get([path, base, yours, target].join('\0'), () => merged(path, base, yours, target));
}

/** A merge is planned, carried out in several orders, and shown: mostly with the same texts. */
const recent = new RecentTexts<TextMerge>(2_000_000);

function merged(path: string, base: string, yours: string, target: string): TextMerge {
  const texts = textsOf(base, yours, target);
  const merge = soundest(path, texts);
  if (!isElixir(path) || (merge !== null && weight(merge.regions) === 0)) return merge ?? wholeConflict(texts);
  const renamed = withOwnAliases(texts);
  const other = renamed && soundest(path, renamed);
  const isBetter = other !== null && (merge === null || weight(other.regions) < weight(merge.regions));
  if (isBetter) return withoutIdleAliases(other, texts);
  return merge ?? wholeConflict(texts);
}

function soundest(path: string, texts: Texts): TextMerge | null {
  for (const attempt of attempts(path, texts)) {
    const merge = mergeOf(texts, attempt);
    if (isSound(path, texts, attempt) && isStable(path, texts, merge)) return merge;
  }
  return null;
}

/**
 * Three-way merge of an Elixir file by its definitions alone, for texts of which only some of these differ. What was
 * moved from one definition to another is then lost nowhere and doubled nowhere: it is part of another change.
 */
export function mergeByDefinitions(base: string, yours: string, target: string): TextMerge {
  const texts = textsOf(base, yours, target);
  const regions = mergeDefinitions(texts.base, texts.yours, texts.target);
  const results = regions && [bodyText(regions), bodyText(regions, taken)];
  const isWhole = results?.every((text) => parse(text).problems.length === 0 && definesOnce(texts, text)) ?? false;
  return regions && isWhole ? mergeOf(texts, regions) : wholeConflict(texts);
}

function taken({ kind, target, text }: Region): string {
  return kind === 'conflict' ? target : text;
}

/** Ways to merge, the one with the fewest conflicts first. */
function attempts(path: string, texts: Texts): (readonly Region[])[] {
  const { base, yours, target } = texts;
  const lines = linesRegions(path, texts);
  // Where one side changed nothing, lines say all there is to say.
  if (yours === base || base === target || yours === target) return [lines];
  const clean = weight(lines) === 0 && isSound(path, texts, lines);
  const whole = clean && !isElixir(path) ? null : wholeFile(path, texts);
  // Of two clean merges of Elixir the one by definitions knows what belongs to what.
  const found = [...(whole ? [whole] : []), lines, byLines(texts)];
  return found
    .map((regions) => conserving(texts, regions))
    .filter((regions) => regions !== null)
    .sort((a, b) => weight(a) - weight(b));
}

function isElixir(path: string): boolean {
  return /\.exs?$/.test(path) && !path.endsWith('.formatter.exs');
}

function byLines({ base, yours, target }: Texts): Region[] {
  return threeWayText(base, yours, target);
}

function linesRegions(path: string, texts: Texts): Region[] {
  const regions = byLines(texts);
  const isMember = memberOf(path);
  if (isMember) return mergeLineSets(regions, isMember);
  return /\.md$|(?:^|\/)robots\.txt$/.test(path) ? regions.map(ownProse) : regions;
}

/** What people write of their own into a document is not put up against the generator's words. */
function ownProse(region: Region): Region {
  return region.kind === 'conflict' ? { ...region, kind: 'declined' } : region;
}

/** The merge of the whole file by its kind; null where it has none, or both changed one thing. */
function wholeFile(path: string, { base, yours, target }: Texts): readonly Region[] | null {
  if (isElixir(path)) return mergeDefinitions(base, yours, target);
  const merged = mergerOf(path)?.(base, yours, target) ?? null;
  return merged === null ? null : [{ kind: 'merged', base, yours, target, text: merged, targetLine: 1 }];
}

type Merger = (base: string, yours: string, target: string) => string | null;

function mergerOf(path: string): Merger | null {
  if (path.endsWith('.formatter.exs')) return mergeFormatter;
  if (path.endsWith('.json')) return mergeJson;
  return /\.pot?$/.test(path) ? mergeMessages : null;
}

/** Conflicts first, then the lines in them. */
function weight(regions: readonly Region[]): number {
  const conflicts = regions.filter(({ kind }) => kind === 'conflict');
  return conflicts.reduce((sum, { base, yours, target }) => sum + 10_000 + linesOf(base + yours + target).length, 0);
}

/** Whether no line is lost or doubled, and both choices for the conflicts leave a file that parses. */
function isSound(path: string, texts: Texts, regions: readonly Region[]): boolean {
  const result = bodyText(regions);
  if (misplacedLines(texts, regions).size > 0) return false;
  if (isElixir(path) && !(definesOnce(texts, result) && agreesByDefinitions(texts, result))) return false;
  if (!parses(path, texts.yours) || !parses(path, texts.target)) return true;
  return parses(path, result) && parses(path, bodyText(regions, taken));
}

/** Whether an Elixir file defines nothing a second time, unless yours or the target does. */
function definesOnce({ yours, target }: Texts, result: string): boolean {
  const again = duplicateDefinitions(result);
  const known = new Set(again.length === 0 ? [] : [yours, target].flatMap(duplicateDefinitions));
  return again.every((key) => known.has(key));
}

function parses(path: string, text: string): boolean {
  if (/\.exs?$/.test(path)) return parse(text).problems.length === 0;
  if (/\.(?:[cm]?js|tsx?|jsx)$/.test(path)) return bindsOnce(text);
  return !path.endsWith('.json') || isJson(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether merging the result once more changes nothing: edits are carried out on files as they are then. */
function isStable(path: string, texts: Texts, merge: TextMerge): boolean {
  const result = bodyText(merge.regions);
  if (result === texts.yours || unspaced(result) === unspaced(texts.target)) return true;
  const again = { ...texts, yours: result };
  const [best] = attempts(path, again).filter((attempt) => isSound(path, again, attempt));
  return best !== undefined && bodyText(best) === result;
}
