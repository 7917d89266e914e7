import { lineAt } from '../../elixir/position.ts';
import type { Operation } from '../../merge/operation.ts';
import { compareVersions } from '../../pristine/versions.ts';
import type { SourceFiles } from '../../project/source-files.ts';
import type { FileTree } from '../../project/tree.ts';
import type { TemplateSite } from '../../rewrites/sites.ts';
import type { Template } from '../../templates/model.ts';
import { elementsOf, valueText } from '../../templates/walk.ts';
import type { FindingContext } from '../context.ts';
import { byPlace } from '../finding.ts';
import type { AttributeRule, CodePlace, CodeRule, ExprRule, TemplateRule } from '../rule.ts';
import { type CodeFile, type CodeFinding, isElixir, isTemplate } from './code-file.ts';
import { type CodePieces, type Fragment, type Hit, piecesOf } from './fragment.ts';
import { Relevance } from './relevance.ts';
import { codeRules } from './rules.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

/** The edits that mend what a rule found. */
type Mend = (context: FindingContext) => readonly Operation[];

/** What a look into the project's code brought to light. */
export interface FoundCode {
  /** What an upgrade breaks or deprecates, by path and line. */
  readonly findings: readonly CodeFinding[];
  /** The edits that mend what was found, for rules that have some. */
  readonly mends: ReadonlyMap<CodeRule, Mend>;
  /** Files that had to be parsed and have a syntax error, at its line. */
  readonly broken: readonly Hit[];
}

/**
 * Looks for what an upgrade between two Phoenix versions breaks or deprecates in the project's own code. Takes all
 * files at once, since one module decides what a name means in another. A look at the text decides what is parsed:
 * most files mention nothing that any rule looks for. `isSettled` tells rules whose code works as it is.
 */
export function findCode(
  sources: SourceFiles,
  from: string,
  to: string,
  isSettled: (rule: CodeRule) => boolean = () => false,
): FoundCode {
  const files = codeFiles(sources.tree);
  const rules = codeRules.filter((rule) => matters(rule, from, to) && !isSettled(rule));
  const relevance = new Relevance(rules);
  const telling = files
    .filter(({ text }) => relevance.tellsMeanings(text))
    .map((file) => piecesOf(file, sources, (code) => relevance.tellsMeanings(code)));
  const surroundings = surroundingsOf(
    telling.flatMap(({ fragments }) => fragments),
    files,
  );
  const broken = telling.flatMap(({ broken }) => broken ?? []);
  const places = new Map<ExprRule, CodePlace[]>();
  const paths = new Map<AttributeRule | TemplateRule, string[]>();
  const findings = files.flatMap((file) => {
    const own = relevance.rulesFor(file);
    if (own.length === 0) return [];
    const pieces = piecesOf(file, sources, (code) => own.some(({ mentions }) => mentions.test(code)));
    broken.push(...(pieces.broken ? [pieces.broken] : []));
    const found = placesIn(pieces.fragments, own, surroundings);
    for (const [rule, more] of found)
      if (rule.operations && more.length > 0) places.set(rule, [...(places.get(rule) ?? []), ...more]);
    return own.flatMap((rule) => {
      const hits = hitsOf(rule, pieces, found, surroundings);
      if (rule.kind !== 'expr' && rule.operations && hits.length > 0)
        paths.set(rule, [...(paths.get(rule) ?? []), file.path]);
      return findingsOf(rule, hits);
    });
  });
  const mends = new Map<CodeRule, Mend>([...mendsOf(places), ...mendsOf(paths)]);
  return { findings: findings.sort((a, b) => byPlace(a.finding, b.finding)), mends, broken };
}

/** A rule that may mend what it finds; `P` is what a rule of its kind calls a place. */
interface MendingRule<P> {
  readonly operations?: (places: readonly P[], context: FindingContext) => readonly Operation[];
}

function mendsOf<P, R extends CodeRule & MendingRule<P>>(found: ReadonlyMap<R, readonly P[]>) {
  return [...found].map(([rule, places]): [R, Mend] => [rule, (context) => rule.operations?.(places, context) ?? []]);
}

/** Sources and templates with their text. */
function codeFiles(tree: FileTree): CodeFile[] {
  return tree.paths
    .filter((path) => isElixir(path) || isTemplate(path))
    .flatMap((path) => {
      const text = tree.read(path);
      return text === undefined ? [] : [{ path, text }];
    });
}

function matters({ since, until }: CodeRule, from: string, to: string): boolean {
  return compareVersions(to, since) >= 0 && (until === null || compareVersions(from, until) < 0);
}

/** One walk over the expressions of a file, for all rules. */
function placesIn(
  fragments: readonly Fragment[],
  rules: readonly CodeRule[],
  surroundings: Surroundings,
): ReadonlyMap<ExprRule, CodePlace[]> {
  const found = new Map<ExprRule, CodePlace[]>();
  for (const rule of rules) if (rule.kind === 'expr') found.set(rule, []);
  for (const fragment of fragments) {
    for (const expr of fragment.exprs) {
      for (const [rule, places] of found) {
        if (rule.found(expr, fragment, surroundings)) places.push({ expr, fragment });
      }
    }
  }
  return found;
}

function hitsOf(
  rule: CodeRule,
  { templates }: CodePieces,
  found: ReadonlyMap<ExprRule, readonly CodePlace[]>,
  surroundings: Surroundings,
): Hit[] {
  if (rule.kind !== 'expr') return templates.flatMap((placed) => templateHits(rule, placed, surroundings));
  return (found.get(rule) ?? []).map(({ expr, fragment: { path, text, offset } }) => ({
    path,
    line: lineAt(text, offset + expr.range.start),
  }));
}

function templateHits(rule: AttributeRule | TemplateRule, placed: TemplateSite, surroundings: Surroundings): Hit[] {
  const { path, text, offset, template } = placed;
  const offsets = rule.kind === 'attribute' ? attributeHits(rule, template) : rule.found(placed, surroundings);
  return offsets.map((at) => ({ path, line: lineAt(text, offset + at) }));
}

function attributeHits({ found }: AttributeRule, template: Template): number[] {
  const attributes = elementsOf(template).flatMap(({ open }) => open.attributes);
  return attributes.filter((one) => found(one, valueText(template.text, one))).map(({ range }) => range.start);
}

function findingsOf({ topic, need, message, once }: CodeRule, hits: readonly Hit[]): CodeFinding[] {
  const lines = [...new Map(hits.map((one) => [one.line, one])).values()].sort((a, b) => a.line - b.line);
  const [first] = lines;
  if (first === undefined) return [];
  if (!once) return lines.map((one) => ({ topic, need, finding: { ...one, message } }));
  const others = lines.length === 1 ? '' : ` (${lines.length} lines of this file)`;
  return [{ topic, need, finding: { ...first, message: message + others } }];
}
