import type { Expr, KeywordsExpr, ListExpr } from './ast.ts';
import { comparable, display } from './canonical.ts';
import { listElements } from './list-items.ts';
import { mergeLists } from './merge-lists.ts';
import { mergeSteps } from './merge-steps.ts';
import { parse } from './parse.ts';

/**
 * Three-way merge of display texts by structure: keyword lists by key, lists by element, strings of words by
 * word, tuples and calls by position. Undefined where both sides changed the same thing differently.
 */
export function mergeValues(base: string, yours: string, target: string): string | undefined {
  const [b, y, t] = [base, yours, target].map((text) => parse(text).body);
  if (b?.length !== 1 || y?.length !== 1 || t?.length !== 1) return undefined;
  return merge(b[0] as Expr, y[0] as Expr, t[0] as Expr);
}

function same(a: Expr, b: Expr): boolean {
  return comparable(a) === comparable(b);
}

function merge(base: Expr, yours: Expr, target: Expr): string | undefined {
  if (same(yours, target) || same(base, target)) return display(yours);
  if (same(base, yours)) return display(target);
  const words = wordsOf(base) && wordsOf(yours) && wordsOf(target);
  if (words) return mergeWords(base, yours, target);
  if (isSequence(base) && isSequence(yours) && isSequence(target)) return mergeSequence(base, yours, target);
  if (base.kind === 'keywords' && yours.kind === 'keywords' && target.kind === 'keywords') {
    return mergeKeywords(base, yours, target);
  }
  if (base.kind === 'tuple' && yours.kind === 'tuple' && target.kind === 'tuple') {
    return mergePositions(base.items, yours.items, target.items, (items) => `{${items}}`);
  }
  if ([base, yours, target].some(({ kind }) => kind === 'block')) return mergeStatements(base, yours, target);
  if ([base, yours].every((one) => operands(one).length > 1)) return mergeOperands(base, yours, target);
  return mergeCalls(base, yours, target);
}

/** `a`, `b` and `c` of `a ++ b ++ c`. */
function operands(expr: Expr): Expr[] {
  if (expr.kind !== 'binary' || expr.operator !== '++') return [expr];
  return [...operands(expr.left), ...operands(expr.right)];
}

/** Lists put together: each operand for itself; an empty list says nothing. */
function mergeOperands(base: Expr, yours: Expr, target: Expr): string | undefined {
  const [b, y, t] = [base, yours, target].map(operands) as [Expr[], Expr[], Expr[]];
  const rest = [b, y, t].map((list) => list.filter(({ kind }) => kind !== 'list').map((one) => display(one)));
  const lists = [b, y, t].map((list) => list.filter(({ kind }) => kind === 'list'));
  if (rest[0]?.join() !== rest[1]?.join() || rest[0]?.join() !== rest[2]?.join()) return undefined;
  if (lists[2]?.length !== 0 && lists[0]?.length !== lists[2]?.length) return undefined;
  let index = 0;
  const merged = y.map((one) => {
    const former = lists[0]?.[index];
    const now: Expr = lists[2]?.[index] ?? { kind: 'list', items: [], range: one.range };
    if (one.kind !== 'list' || !former) return display(one);
    index += 1;
    return merge(former, one, now);
  });
  return merged.includes(undefined) ? undefined : merged.filter((text) => text !== '[]').join(' ++ ');
}

/** Bodies of functions, one statement after another; what stands only once is a body, too. */
function mergeStatements(base: Expr, yours: Expr, target: Expr): string | undefined {
  const statements = (expr: Expr) => (expr.kind === 'block' ? expr.body : [expr]).map((one) => display(one));
  const merged = mergeSteps(statements(base), statements(yours), statements(target));
  if (merged === undefined || merged.length === 0) return undefined;
  return merged.length === 1 ? merged[0] : `(${merged.join('; ')})`;
}

function mergeCalls(base: Expr, yours: Expr, target: Expr): string | undefined {
  if (base.kind !== 'call' || yours.kind !== 'call' || target.kind !== 'call') return undefined;
  if (base.block || yours.block || target.block) return undefined;
  if (!same(base.target, yours.target) || !same(yours.target, target.target)) return undefined;
  return mergePositions(base.args, yours.args, target.args, (args) => `${display(yours.target)}(${args})`);
}

function mergePositions(
  base: readonly Expr[],
  yours: readonly Expr[],
  target: readonly Expr[],
  wrap: (inner: string) => string,
): string | undefined {
  if (base.length !== yours.length || yours.length !== target.length) return undefined;
  const merged = yours.map((item, index) => merge(base[index] as Expr, item, target[index] as Expr));
  return merged.includes(undefined) ? undefined : wrap(merged.join(', '));
}

/** Lists, and `~w` sigils, which are lists by another spelling. */
type Sequence = ListExpr | (Expr & { kind: 'sigil' });

function isSequence(expr: Expr): expr is Sequence {
  return expr.kind === 'list' || (expr.kind === 'sigil' && /^[wW]$/.test(expr.name));
}

function mergeSequence(base: Sequence, yours: Sequence, target: Sequence): string | undefined {
  const [b, y, t] = [base, yours, target].map(elements) as [Expr[], Expr[], Expr[]];
  if (isKeywordList(y) && isKeywordList(t) && isKeywordList(b)) {
    const merged = mergeKeywords(keywordsOf(b), keywordsOf(y), keywordsOf(t));
    return merged === undefined ? undefined : `[${merged}]`;
  }
  if ([...b, ...y, ...t].some((item) => item.kind === 'keywords')) return undefined;
  const merged = mergeElements(b, y, t);
  if (merged === undefined) return undefined;
  const sigil = yours.kind === 'sigil' && merged.every((text) => /^"[^"#\s\\]*"$|^:\w+$/.test(text));
  if (!sigil) return `[${merged.join(', ')}]`;
  return `~w(${merged.map((text) => text.replace(/^"|"$|^:/g, '')).join(' ')})${yours.modifiers}`;
}

function mergeElements(base: Expr[], yours: Expr[], target: Expr[]): string[] | undefined {
  const texts = (items: Expr[]) => items.map((item) => display(item));
  const exprs = new Map([...base, ...yours, ...target].map((item) => [display(item), item]));
  const exprOf = (text: string) => exprs.get(text) ?? (parse(text).body[0] as Expr);
  return mergeLists(texts(base), texts(yours), texts(target), {
    same: (a, b) => a === b || same(exprOf(a), exprOf(b)),
    akin: (a, b) => akin(exprOf(a), exprOf(b)),
    // Who gave an option of a command a value of their own keeps it.
    merge: (a, b, c) => merge(exprOf(a), exprOf(b), exprOf(c)) ?? (isOption(exprOf(b)) ? b : undefined),
  });
}

/** Same first word of a string, same option of a command, same first element of a tuple, or patterns of files in the same folders. */
function akin(a: Expr, b: Expr): boolean {
  const [folders, others] = [foldersOf(a), foldersOf(b)];
  if (folders !== null && others !== null) return folders === others;
  const [x, y] = [wordsOf(a), wordsOf(b)];
  if (x && y) return x.length > 1 ? x[0] === y[0] : optionOf(x) !== null && optionOf(x) === optionOf(y);
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items[0] && b.items[0]) return same(a.items[0], b.items[0]);
  return false;
}

/** `lib/shop_web/(live|views)/` of `~r"lib/shop_web/(live|views)/.*(ex)$"`; null for anything else. */
function foldersOf(expr: Expr): string | null {
  const [, folders] = (expr.kind === 'sigil' && expr.name === 'r' && /^~r(?:"|\/)(.*?)\.\*/.exec(display(expr))) || [];
  return folders ?? null;
}

function isOption(expr: Expr): boolean {
  return optionOf(wordsOf(expr) ?? []) !== null;
}

/** `--output=` of `--output=app.css`, of which a command takes one; null for anything else. */
function optionOf([word = '']: readonly string[]): string | null {
  return /^--[\w-]+=/.exec(word)?.[0] ?? null;
}

function elements(list: Sequence): readonly Expr[] {
  return list.kind === 'sigil' ? elementsOfSigil(list) : list.items;
}

function elementsOfSigil(sigil: Expr & { kind: 'sigil' }): readonly Expr[] {
  return listElements(comparable(sigil));
}

function isKeywordList(items: readonly Expr[]): boolean {
  return items.length === 0 || (items.length === 1 && items[0]?.kind === 'keywords');
}

function keywordsOf(items: readonly Expr[]): KeywordsExpr {
  const [only] = items;
  return only?.kind === 'keywords' ? only : { kind: 'keywords', pairs: [], range: { start: 0, end: 0 } };
}

function mergeKeywords(base: KeywordsExpr, yours: KeywordsExpr, target: KeywordsExpr): string | undefined {
  const names = (list: KeywordsExpr) => list.pairs.map((pair) => pair.name);
  if ([base, yours, target].some((list) => new Set(names(list)).size !== list.pairs.length)) return undefined;
  const valueIn = (list: KeywordsExpr, name: string) => list.pairs.find((pair) => pair.name === name)?.value;
  const lost = base.pairs.some(({ name, value }) => {
    const own = valueIn(yours, name);
    return own !== undefined && !valueIn(target, name) && !same(own, value);
  });
  if (lost) return undefined;
  const order = mergeLists(names(base), names(yours), names(target), {
    same: (a, b) => a === b,
    akin: () => false,
    merge: () => undefined,
  });
  const merged = (order ?? []).map((name) => {
    const value = mergeOptional(valueIn(base, name), valueIn(yours, name), valueIn(target, name));
    return value === undefined ? undefined : display(pairOf(name, value));
  });
  return merged.includes(undefined) ? undefined : merged.join(', ');
}

function mergeOptional(base: Expr | undefined, yours: Expr | undefined, target: Expr | undefined): string | undefined {
  if (base && yours && target) return merge(base, yours, target);
  if (yours && target) return same(yours, target) ? display(yours) : undefined;
  const one = yours ?? target;
  return one ? display(one) : undefined;
}

function pairOf(name: string, value: string): Expr {
  const range = { start: 0, end: 0 };
  return { kind: 'pair', name, quoted: null, keyRange: range, value: { kind: 'other', text: value, range }, range };
}

/** Words of a plain string of one line. */
function wordsOf(expr: Expr): string[] | undefined {
  if (expr.kind !== 'string' || expr.heredoc || expr.parts.length !== 1) return undefined;
  const [text] = expr.parts;
  return typeof text === 'string' ? text.split(' ') : undefined;
}

function mergeWords(base: Expr, yours: Expr, target: Expr): string | undefined {
  const [b, y, t] = [base, yours, target].map((expr) => wordsOf(expr) ?? []) as [string[], string[], string[]];
  if (b.length < 2 || y.length < 2 || t.length < 2) return undefined;
  // Only where the base's words are all still there: else a person chose another sentence.
  if (!b.every((word) => y.includes(word))) return undefined;
  const rest = t.filter((word) => !b.includes(word));
  const dropped = b.filter((word) => !t.includes(word));
  if (rest.length !== dropped.length) return undefined;
  return `"${y.map((word) => (dropped.includes(word) ? rest[dropped.indexOf(word)] : word)).join(' ')}"`;
}
