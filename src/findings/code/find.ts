import { lineAt } from '../../elixir/position.ts';
import { compareVersions } from '../../pristine/versions.ts';
import type { Finding } from '../finding.ts';
import type { CodeFile, CodeFinding } from './code-file.ts';
import { ectoRules } from './ecto-rules.ts';
import { type CodePieces, type Hit, piecesOf } from './fragment.ts';
import { htmlRules } from './html-rules.ts';
import { liveViewApiRules } from './live-view-api-rules.ts';
import { liveViewRules } from './live-view-rules.ts';
import { phoenixRulesTo16 } from './phoenix-1-4-rules.ts';
import { phoenixRules17 } from './phoenix-1-7-rules.ts';
import { phoenixRules18 } from './phoenix-1-8-rules.ts';
import { Relevance } from './relevance.ts';
import type { Rule } from './rule.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

/** Every rule; a topic may have several. */
export const codeRules: readonly Rule[] = [
  ...phoenixRulesTo16,
  ...phoenixRules17,
  ...phoenixRules18,
  ...liveViewRules,
  ...liveViewApiRules,
  ...htmlRules,
  ...ectoRules,
];

/** What a look into the project's code brought to light. */
export interface FoundCode {
  /** What an upgrade breaks or deprecates, by path and line. */
  readonly findings: readonly CodeFinding[];
  /** Files that had to be parsed and have a syntax error, at its line. */
  readonly broken: readonly Hit[];
}

/**
 * Looks for what an upgrade between two Phoenix versions breaks or deprecates in the project's own code. Takes all
 * files at once, since one module decides what a name means in another. A look at the text decides what is parsed:
 * most files mention nothing that any rule looks for.
 */
export function findCode(files: readonly CodeFile[], from: string, to: string): FoundCode {
  const rules = codeRules.filter((rule) => matters(rule, from, to));
  const relevance = new Relevance(rules);
  const telling = files.filter(({ text }) => relevance.tellsMeanings(text)).map((file) => piecesOf(file, () => false));
  const surroundings = surroundingsOf(telling.flatMap(({ fragments }) => fragments));
  const broken = telling.flatMap(({ broken }) => broken ?? []);
  const findings = files.flatMap((file) => {
    const own = relevance.rulesFor(file);
    if (own.length === 0) return [];
    const pieces = piecesOf(file, (code) => own.some(({ mentions }) => mentions.test(code)));
    broken.push(...(pieces.broken ? [pieces.broken] : []));
    return own.flatMap((rule) => findingsOf(rule, hitsOf(rule, pieces, surroundings)));
  });
  return { findings: findings.sort((a, b) => byPlace(a.finding, b.finding)), broken };
}

function matters({ since, until }: Rule, from: string, to: string): boolean {
  return compareVersions(to, since) >= 0 && (until === null || compareVersions(from, until) < 0);
}

function hitsOf(rule: Rule, { fragments, templates }: CodePieces, surroundings: Surroundings): Hit[] {
  const hit = (path: string, text: string, offset: number) => ({ path, line: lineAt(text, offset) });
  if (rule.kind === 'expr') {
    return fragments.flatMap((fragment) =>
      fragment.exprs
        .filter((expr) => rule.found(expr, fragment, surroundings))
        .map((expr) => hit(fragment.path, fragment.text, fragment.offset + expr.range.start)),
    );
  }
  return templates.flatMap((placed) => {
    const { template } = placed;
    const offsets =
      rule.kind === 'attribute'
        ? template.attributes.filter(rule.found).map(({ offset }) => offset)
        : rule.found(placed, surroundings);
    return offsets.map((offset) => hit(placed.path, placed.text, placed.offset + offset));
  });
}

function findingsOf({ topic, message, once }: Rule, hits: readonly Hit[]): CodeFinding[] {
  const lines = [...new Map(hits.map((one) => [one.line, one])).values()].sort((a, b) => a.line - b.line);
  const [first] = lines;
  if (first === undefined) return [];
  if (!once) return lines.map((one) => ({ topic, finding: { ...one, message } }));
  const others = lines.length === 1 ? '' : ` (${lines.length} lines of this file)`;
  return [{ topic, finding: { ...first, message: message + others } }];
}

function byPlace(a: Finding, b: Finding): number {
  return a.path < b.path ? -1 : Number(a.path > b.path) || a.line - b.line;
}
