import type { Expr } from '../elixir/ast.ts';
import type { Operation } from '../merge/operation.ts';
import type { TemplateSite } from '../rewrites/sites.ts';
import type { Attribute } from '../templates/model.ts';
import type { Need } from '../topics/topic.ts';
import type { Fragment } from './code/fragment.ts';
import type { Surroundings } from './code/surroundings.ts';
import type { FindingContext } from './context.ts';
import type { Finding } from './finding.ts';

/**
 * One thing that an upgrade calls for: how it is seen and, where it can be mended, by which operations. Rules for code and
 * for the way an app is built and run differ in what they look at alone. The words stand in the rule's topic.
 */
export type Rule = CodeRule | ProjectRule;

interface RuleBase {
  /** Of the catalogue: the step that findings and operations go to. */
  readonly topic: string;
  /** Where it matters more, or less, than the topic's other changes. */
  readonly need?: Need;
}

/** Looks at the project as a whole: its configuration, its build, its deployment. */
export interface ProjectRule extends RuleBase {
  readonly kind: 'project';
  readonly id: string;
  readonly look: (context: FindingContext) => readonly Sighting[];
}

/** Something that a rule saw: the places a person should look at, and the edits that mend it. */
export interface Sighting {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  /** What has to be seen to before the topic's step is made: until then it is left to a person as a whole. */
  readonly stands?: readonly Stand[];
}

/** A place that stands against a step: without it, what the place counts on would be gone. */
export interface Stand extends Finding {
  /** It stands only as long as one of these files stays as it is; always where this is absent. */
  readonly whileStaying?: readonly string[];
}

/** A sighting, or none where there is nothing to say. */
export function sighting(findings: readonly Finding[], operations: readonly Operation[] = []): Sighting[] {
  return findings.length === 0 && operations.length === 0 ? [] : [{ findings, operations }];
}

interface CodeRuleBase extends RuleBase {
  readonly message: string;
  /** First Phoenix version for which it matters. */
  readonly since: string;
  /**
   * From this version on it is no longer looked for, because what else bears such a name is likelier then. Null wherever the
   * code says for certain what it means: an app whose lock has moved on may still have it, whether it compiles or not.
   */
  readonly until: string | null;
  /** Whether the project has what this code needs to work as it is. */
  readonly settled?: (context: FindingContext) => boolean;
  /** One finding a file, with the number of places, because there may be hundreds. */
  readonly once?: boolean;
  /** Matches somewhere in every text that the rule can hit: what it does not match need not be parsed. */
  readonly mentions: RegExp;
  /** What a text says that decides what names of other files mean to this rule. */
  readonly tells?: RegExp;
  /** Files that it looks at; all where it is absent. */
  readonly files?: RegExp;
}

/** Looks at templates: the edits that mend what it found are made file by file. */
interface TemplateRuleBase extends CodeRuleBase {
  readonly operations?: (paths: readonly string[], context: FindingContext) => readonly Operation[];
}

/** Looks at every expression of modules, scripts and templates. */
export interface ExprRule extends CodeRuleBase {
  readonly kind: 'expr';
  readonly found: (expr: Expr, fragment: Fragment, surroundings: Surroundings) => boolean;
  /** The edits that mend places it found; it need not mend them all. */
  readonly operations?: (places: readonly CodePlace[], context: FindingContext) => readonly Operation[];
  /** What to look out for when these edits are made; null where nothing is. */
  readonly caution?: (context: FindingContext) => string | null;
}

/** An expression that a rule found, in the code that it stands in. */
export interface CodePlace {
  readonly expr: Expr;
  readonly fragment: Fragment;
}

/** Looks at every attribute of a template's tags; `value` is its text without quotes or braces. */
export interface AttributeRule extends TemplateRuleBase {
  readonly kind: 'attribute';
  readonly found: (attribute: Attribute, value: string) => boolean;
}

/** Looks at a template as a whole, and names the offset of what it found in it. */
export interface TemplateRule extends TemplateRuleBase {
  readonly kind: 'template';
  readonly found: (placed: TemplateSite, surroundings: Surroundings) => readonly number[];
}

/** What the upgrade breaks or deprecates in code, and how it is seen. */
export type CodeRule = ExprRule | AttributeRule | TemplateRule;

/** Matches any of these names as a whole word. */
export function anyWord(names: ReadonlySet<string>): RegExp {
  return new RegExp(String.raw`\b(?:${[...names].join('|')})\b`);
}

/** Each operation once. */
export function distinct(operations: readonly Operation[]): Operation[] {
  return [...new Map(operations.map((one) => [JSON.stringify(one), one])).values()];
}
