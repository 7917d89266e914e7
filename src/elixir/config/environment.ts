import type { Expr } from '../ast.ts';
import type { Bindings } from '../canonical.ts';
import { resolved } from './bindings.ts';
import { calledName } from './called.ts';

/** What a condition comes to in one environment: decided, or what remains to be asked. */
export type Outcome = boolean | Expr;

/** Whether an expression is the environment itself: `config_env()`, `Mix.env()`, or a name bound to them. */
export function isEnvironment(expr: Expr, bindings: Bindings): boolean {
  return spellings.has(calledName(resolved(expr, bindings)) ?? '');
}

const spellings = new Set(['config_env', 'Config.config_env', 'Mix.env']);

/** Evaluates the part of a condition that depends on the environment alone. */
export function outcome(condition: Expr, environment: string, bindings: Bindings): Outcome {
  const expr = resolved(condition, bindings);
  if (expr.kind === 'atom') return expr.name !== 'false' && expr.name !== 'nil';
  if (expr.kind === 'unary' && negations.has(expr.operator)) {
    const inner = outcome(expr.operand, environment, bindings);
    return typeof inner === 'boolean' ? !inner : { ...expr, operand: inner };
  }
  if (expr.kind !== 'binary') return condition;
  if (conjunctions.has(expr.operator)) return joined(expr, environment, bindings, false);
  if (disjunctions.has(expr.operator)) return joined(expr, environment, bindings, true);
  return compared(expr, environment, bindings) ?? condition;
}

const negations = new Set(['not', '!']);
const conjunctions = new Set(['and', '&&']);
const disjunctions = new Set(['or', '||']);
const equalities: Readonly<Record<string, boolean>> = { '==': true, '===': true, '!=': false, '!==': false };

type Binary = Extract<Expr, { kind: 'binary' }>;

/** `deciding` is the value that settles the whole: false for `and`, true for `or`. */
function joined(expr: Binary, environment: string, bindings: Bindings, deciding: boolean): Outcome {
  const left = outcome(expr.left, environment, bindings);
  const right = outcome(expr.right, environment, bindings);
  if (left === deciding || right === deciding) return deciding;
  if (typeof left === 'boolean') return right;
  if (typeof right === 'boolean') return left;
  return { ...expr, left, right };
}

function compared(expr: Binary, environment: string, bindings: Bindings): boolean | null {
  const { operator, left, right } = expr;
  if (operator in equalities) {
    const other = isEnvironment(left, bindings) ? right : isEnvironment(right, bindings) ? left : null;
    const atom = other && resolved(other, bindings);
    return atom?.kind === 'atom' ? (atom.name === environment) === equalities[operator] : null;
  }
  if ((operator === 'in' || operator === 'not in') && isEnvironment(left, bindings)) {
    const names = atomNames(resolved(right, bindings));
    return names && names.includes(environment) === (operator === 'in');
  }
  return null;
}

/** The names of a list of atoms, `[:dev, :test]` or `~w(dev test)a`; null for other lists. */
function atomNames(expr: Expr): string[] | null {
  if (expr.kind === 'sigil' && expr.name.toLowerCase() === 'w' && expr.modifiers === 'a') {
    return expr.parts.every((part) => typeof part === 'string')
      ? expr.parts.join('').split(/\s+/).filter(Boolean)
      : null;
  }
  if (expr.kind !== 'list') return null;
  const names = expr.items.map((item) => (item.kind === 'atom' ? item.name : null));
  return names.includes(null) ? null : names.filter((name) => name !== null);
}

/** Whether a `case` clause takes an environment; an expression where that is not settled. */
export function clauseOutcome(subject: Expr, pattern: Expr, environment: string, bindings: Bindings): Outcome {
  if (pattern.kind === 'atom') return pattern.name === environment;
  if (pattern.kind === 'identifier') return true;
  if (pattern.kind !== 'binary' || pattern.operator !== 'when') return pattern;
  const name = pattern.left.kind === 'identifier' && pattern.left.name;
  return name ? outcome(pattern.right, environment, new Map([...bindings, [name, subject]])) : pattern;
}
