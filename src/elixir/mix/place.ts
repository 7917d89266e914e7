import type { Expr, Source } from '../ast.ts';
import { comparable } from '../canonical.ts';
import { childrenOf } from '../children.ts';
import { withElements } from '../config/list.ts';
import { replaceExpr } from '../edit/elements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { callName, type FunctionClause, functionsOf, type ModuleDefinition } from '../module.ts';
import { parse } from '../parse.ts';
import { parseElement } from '../print.ts';
import { mixModule } from './read.ts';
import { attributeName, attributesOf, followed, followedOnce, resultOf, type Scope, type Scoped } from './scope.ts';

/** A `mix.exs` opened for an edit. */
export interface MixText {
  readonly source: Source;
  readonly module: ModuleDefinition;
  readonly scope: Scope;
}

/** The module of a text that uses Mix.Project; null where there is none, or the text does not parse. */
export function openMix(text: string): MixText | null {
  const source = parse(text);
  const module = mixModule(source);
  if (module === undefined || source.problems.length > 0) return null;
  const { body } = module;
  return { source, module, scope: { attributes: attributesOf(body), functions: functionsOf(body), locals: new Map() } };
}

/** The refusal of every editor here where `openMix` finds nothing. */
export const noProject = refused('no module here uses Mix.Project, or the file does not parse');

/** What a function of the module without arguments returns; null where it is missing or has several clauses. */
export function returned(mix: MixText, name: string): Scoped | null {
  const clauses = clausesNamed(mix, name);
  const [only] = clauses;
  return only && clauses.length === 1 ? resultOf(only.body, mix.scope) : null;
}

/** The clauses without arguments of a function of the module. */
export function clausesNamed(mix: MixText, name: string): readonly FunctionClause[] {
  return mix.scope.functions.filter((one) => one.name === name && one.args.length === 0);
}

/**
 * Where a value is written, names followed: a name that stands in several places means the value of all of them,
 * so that it is not followed but refused (null).
 */
export function written(mix: MixText, value: Scoped): Scoped | null {
  const end = followed(value);
  return namesBehind(value).every((name) => uses(mix, name) === 1) ? end : null;
}

/** The names on the way from an expression to what it means. */
function namesBehind(value: Scoped): string[] {
  const names: string[] = [];
  let at = value;
  for (let next = followedOnce(at); next !== null && names.length < 50; next = followedOnce(at)) {
    const { expr } = at;
    const name = attributeName(expr) ?? (expr.kind === 'identifier' ? expr.name : callName(expr));
    // Parentheses lead on without a name.
    if (name !== undefined) names.push(name);
    at = next;
  }
  return names;
}

/** How often a name is read in the module: as a variable, an attribute or a call. */
function uses({ module, scope }: MixText, name: string): number {
  const definitions = module.body.flatMap((expr) => {
    const definition = scope.functions.find(({ range }) => range.start === expr.range.start);
    if (definition) return definition.body;
    const call = expr.kind === 'unary' && expr.operator === '@' ? expr.operand : expr;
    return call.kind === 'call' ? call.args : [call];
  });
  return definitions.reduce((sum, expr) => sum + reads(expr, name), 0);
}

function reads(expr: Expr, name: string): number {
  // The left side of a binding names, and does not read.
  if (expr.kind === 'binary' && expr.operator === '=' && expr.left.kind === 'identifier') {
    return reads(expr.right, name);
  }
  const own = (expr.kind === 'identifier' && expr.name === name) || (expr.kind === 'call' && callName(expr) === name);
  const inner = expr.kind === 'call' && expr.target.kind === 'identifier' ? callParts(expr) : childrenOf(expr);
  return inner.reduce((sum, one) => sum + reads(one, name), own ? 1 : 0);
}

/** What a call of an own function holds, its name aside. */
function callParts(expr: Expr): readonly Expr[] {
  return childrenOf(expr).slice(1);
}

/**
 * Writes a value in the place of another: list by list element by element, else the whole. Equal values, however
 * they are spelled, change nothing.
 */
export function withValue(source: Source, old: Expr, value: string): Edited {
  const wanted = parseElement(value);
  if (wanted === null) return refused(`${value} is no Elixir value`);
  if (comparable(old) === comparable(wanted.expr)) return { ok: true, text: source.text };
  if (old.kind === 'list' && wanted.expr.kind === 'list' && old.items.length > 0 && wanted.expr.items.length > 0) {
    return withElements(source, old, wanted.expr, wanted.source);
  }
  return edited(source.text, replaceExpr(source, old, value));
}
