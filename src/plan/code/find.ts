import { lineAt } from '../../elixir/position.ts';
import { compareVersions } from '../../pristine/versions.ts';
import type { Finding } from '../plan.ts';
import type { CodeFile, CodeFinding } from './code-file.ts';
import { type CodePieces, piecesOf } from './fragment.ts';
import { liveViewRules } from './live-view-rules.ts';
import { phoenixRulesTo16 } from './phoenix-1-4-rules.ts';
import { phoenixRulesFrom17 } from './phoenix-1-7-rules.ts';
import { Relevance } from './relevance.ts';
import type { Rule } from './rule.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

export const codeRules: readonly Rule[] = [...phoenixRulesTo16, ...phoenixRulesFrom17, ...liveViewRules];

interface Hit {
  readonly path: string;
  readonly line: number;
}

/**
 * What an upgrade between two Phoenix versions breaks or deprecates in the project's own code, by path and line.
 * Takes all files at once, since one module decides what a name means in another. A look at the text decides what is
 * parsed: most files mention nothing that any rule looks for.
 */
export function findCode(files: readonly CodeFile[], from: string, to: string): CodeFinding[] {
  const rules = codeRules.filter((rule) => matters(rule, from, to));
  const relevance = new Relevance(rules);
  const surroundings = surroundingsOf(
    files.filter(({ text }) => relevance.tellsMeanings(text)).flatMap((file) => piecesOf(file, () => false).fragments),
  );
  return files
    .flatMap((file) => {
      const own = relevance.rulesFor(file);
      if (own.length === 0) return [];
      const pieces = piecesOf(file, (code) => own.some(({ mentions }) => mentions.test(code)));
      return own.flatMap((rule) => findings(rule, hitsOf(rule, pieces, surroundings)));
    })
    .sort((a, b) => byPlace(a.finding, b.finding));
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

function findings({ topic, message, once }: Rule, hits: readonly Hit[]): CodeFinding[] {
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
