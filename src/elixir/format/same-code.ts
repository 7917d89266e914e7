import type { CallExpr, ClauseExpr, DoBlock, Expr, Parts, SigilExpr, StringExpr } from '../ast.ts';
import { withOptions } from '../canonical.ts';
import { heredocLines, numberText, unquotedName } from './literal.ts';
import { unwrapped } from './unwrapped.ts';

/**
 * Whether two texts' expressions are the same code, whatever their layout. What the formatter may change counts for
 * nothing: parentheses, quotes around names, grouping of digits, indentation of heredocs, `not a in b`.
 */
export function sameBodies(a: readonly Expr[], b: readonly Expr[]): boolean {
  return sameAll(bodyOf(a), bodyOf(b));
}

/** Several expressions in parentheses that are alone in a body stand there without them; an empty body is `nil`. */
function bodyOf(exprs: readonly Expr[]): readonly Expr[] {
  const [only] = exprs.map(unwrapped);
  if (exprs.length !== 1 || only === undefined) return exprs;
  if (only.kind === 'block') return only.body.length > 1 ? only.body : [];
  return only.kind === 'atom' && only.name === 'nil' && only.quoted === null ? [] : exprs;
}

function sameAll(a: readonly Expr[], b: readonly Expr[]): boolean {
  return a.length === b.length && a.every((one, index) => sameExpr(one, b[index] as Expr));
}

function sameOptional(a: Expr | null, b: Expr | null): boolean {
  return a === null || b === null ? a === b : sameExpr(a, b);
}

function sameExpr(first: Expr, second: Expr): boolean {
  const [a, b] = [plain(first), plain(second)];
  switch (a.kind) {
    case 'atom':
      return b.kind === 'atom' && sameParts(a.quoted?.parts ?? [a.name], b.quoted?.parts ?? [b.name]);
    case 'alias':
    case 'identifier':
      return b.kind === a.kind && a.name === b.name;
    case 'number':
      return b.kind === 'number' && numberText(a.text) === numberText(b.text);
    case 'string':
    case 'charlist':
      return b.kind === a.kind && sameParts(textOf(a), textOf(b));
    case 'sigil':
      return b.kind === 'sigil' && a.name === b.name && a.modifiers === b.modifiers && sameParts(textOf(a), textOf(b));
    case 'list':
    case 'tuple':
    case 'bitstring':
      return b.kind === a.kind && sameAll(a.items, b.items);
    case 'keywords':
      return b.kind === 'keywords' && sameAll(a.pairs, b.pairs);
    case 'map':
      return b.kind === 'map' && sameOptional(a.struct, b.struct) && sameAll(a.items, b.items);
    case 'pair':
      return (
        b.kind === 'pair' &&
        sameParts(a.quoted?.parts ?? [a.name], b.quoted?.parts ?? [b.name]) &&
        sameExpr(a.value, b.value)
      );
    case 'call':
      return b.kind === 'call' && sameCall(a, b);
    case 'dot':
      return (
        b.kind === 'dot' &&
        sameName(a.right, b.right) &&
        sameExpr(a.left, b.left) &&
        sameAll(a.group ?? [], b.group ?? [])
      );
    case 'unary':
      return b.kind === 'unary' && a.operator === b.operator && sameExpr(a.operand, b.operand);
    case 'binary':
      return b.kind === 'binary' && a.operator === b.operator && sameExpr(a.left, b.left) && sameExpr(a.right, b.right);
    case 'access':
      return b.kind === 'access' && sameExpr(a.target, b.target) && sameExpr(a.key, b.key);
    case 'clause':
      return b.kind === 'clause' && sameClause(a, b);
    case 'fn':
      return b.kind === 'fn' && sameAll(a.clauses, b.clauses);
    case 'block':
      return b.kind === 'block' && sameAll(a.body, b.body);
    case 'other':
      return b.kind === 'other' && a.text === b.text;
    default:
      return a satisfies never;
  }
}

function sameName(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a.startsWith('{') ? b.startsWith('{') : unquotedName(a) === unquotedName(b);
}

function sameCall(a: CallExpr, b: CallExpr): boolean {
  return (
    sameExpr(a.target, b.target) && sameAll(withOptions(a.args), withOptions(b.args)) && sameBlock(a.block, b.block)
  );
}

function sameBlock(a: DoBlock | null, b: DoBlock | null): boolean {
  if (a === null || b === null) return a === b;
  const sections = a.sections.every(({ name, body }, index) => {
    const other = b.sections[index];
    return other !== undefined && other.name === name && sameBodies(body, other.body);
  });
  return sections && a.sections.length === b.sections.length && sameBodies(a.body, b.body);
}

function sameClause(a: ClauseExpr, b: ClauseExpr): boolean {
  return sameAll(a.args, b.args) && sameOptional(a.guard, b.guard) && sameBodies(a.body, b.body);
}

/** An expression in the one form that the formatter gives it. */
function plain(written: Expr): Expr {
  const expr = unwrapped(written);
  if (expr.kind === 'block' && expr.body.length === 0) {
    return { kind: 'atom', name: 'nil', quoted: null, range: expr.range };
  }
  // The formatter adds the parentheses in the types of a bitstring.
  if (expr.kind === 'call' && expr.target.kind === 'identifier' && expr.args.length === 0 && expr.block === null) {
    return expr.target;
  }
  if (expr.kind === 'unary' && (expr.operator === 'not' || expr.operator === '!')) {
    const inner = unwrapped(expr.operand);
    const negates = inner.kind === 'binary' && inner.operator === 'in' && expr.operator === 'not';
    return negates ? { ...inner, operator: 'not in' } : expr;
  }
  if (expr.kind !== 'binary' || expr.operator !== 'in' || expr.left.kind !== 'unary') return expr;
  const { left } = expr;
  if (left.operator === 'not') return { ...expr, operator: 'not in', left: left.operand };
  return left.operator === '!' ? { ...left, operand: { ...expr, left: left.operand } } : expr;
}

function textOf(expr: StringExpr | SigilExpr): Parts {
  const heredoc = expr.kind === 'sigil' ? expr.open.length === 3 : expr.heredoc;
  return heredoc ? heredocLines(expr.parts) : expr.parts;
}

/** Quotes inside may be escaped in one and not in the other. */
function sameParts(a: Parts, b: Parts): boolean {
  const text = (part: string) => part.replace(/\\(["'])/g, '$1');
  return (
    a.length === b.length &&
    a.every((part, index) => {
      const other = b[index];
      if (typeof part === 'string') return typeof other === 'string' && text(part) === text(other);
      return other !== undefined && typeof other !== 'string' && sameExpr(part, other);
    })
  );
}
