import type { Expr } from '../../elixir/ast.ts';
import type { Fragment, PlacedTemplate } from './fragment.ts';
import type { Surroundings } from './surroundings.ts';
import type { TemplateAttribute } from './template.ts';

interface RuleBase {
  readonly topic: string;
  readonly message: string;
  /** First Phoenix version for which it matters. */
  readonly since: string;
  /** First version an app cannot be on while it still has this; null where it goes on working. */
  readonly until: string | null;
  /** One finding a file, with the number of places, because there may be hundreds. */
  readonly once?: boolean;
  /** Matches somewhere in every text that the rule can hit: what it does not match need not be parsed. */
  readonly mentions: RegExp;
  /** Files that it looks at; all where it is absent. */
  readonly files?: RegExp;
}

/** Looks at every expression of modules, scripts and templates. */
export interface ExprRule extends RuleBase {
  readonly kind: 'expr';
  readonly found: (expr: Expr, fragment: Fragment, surroundings: Surroundings) => boolean;
}

/** Looks at every attribute of a template's tags. */
export interface AttributeRule extends RuleBase {
  readonly kind: 'attribute';
  readonly found: (attribute: TemplateAttribute) => boolean;
}

/** Looks at a template as a whole, and names the offset of what it found in it. */
export interface TemplateRule extends RuleBase {
  readonly kind: 'template';
  readonly found: (placed: PlacedTemplate, surroundings: Surroundings) => readonly number[];
}

/** What the upgrade breaks or deprecates in code, and how it is seen. */
export type Rule = ExprRule | AttributeRule | TemplateRule;

/** Matches any of these names as a whole word. */
export function anyWord(names: ReadonlySet<string>): RegExp {
  return new RegExp(String.raw`\b(?:${[...names].join('|')})\b`);
}
