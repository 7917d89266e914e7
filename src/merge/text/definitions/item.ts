import type { CallExpr, Expr, Range, Source } from '../../../elixir/ast.ts';
import { comparable } from '../../../elixir/canonical.ts';
import { callName, functionsOf } from '../../../elixir/module.ts';
import { lineAt } from '../../../elixir/position.ts';

/** A definition or statement with the whole lines that are its own. Texts end with a line feed. */
export interface Item {
  /** What it defines: `fun render/2`, `use Phoenix.Router`, `pipeline :browser`. Unique in its body. */
  readonly key: string;
  /** Blank lines and comments above it. */
  readonly lead: string;
  readonly code: string;
  /** Equal for code that means the same; null where it holds comments or a secret, which are then compared as text. */
  readonly meaning: string | null;
  /** First line of `code` in its file, from 1. */
  readonly line: number;
  /** What stands between its `do` and `end`, where that is a list of definitions again. */
  readonly body: Body | null;
}

/** A list of definitions between the line of its `do` and that of its `end`. */
export interface Body {
  readonly head: string;
  readonly items: readonly Item[];
  /** Behind the last item: comments, then the line of `end`. */
  readonly tail: string;
  readonly tailLine: number;
}

/** The definitions of a file; null for one that does not parse, or that has two on one line. */
export function readItems(source: Source): Body | null {
  if (source.problems.length > 0) return null;
  return readBody(source, source.body, 0, 0, source.text.length);
}

/** Expressions that make one definition: what describes a function, and its clauses. */
interface Group {
  readonly key: string;
  readonly leading: readonly Expr[];
  readonly clauses: readonly Expr[];
}

/** `start` is where the head begins, `from` where the first item's lines do, `to` where the body ends. */
function readBody(source: Source, body: readonly Expr[], start: number, from: number, to: number): Body | null {
  return readGroups(source, groupsOf(body), { start, from, to });
}

interface Extent {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

function readGroups(source: Source, groups: readonly Group[], { start, from, to }: Extent): Body | null {
  const { text } = source;
  const items: Item[] = [];
  let at = from;
  for (const group of numbered(groups)) {
    const range = wholeLines(source, [...group.leading, ...group.clauses]);
    if (range === null || range.start < at || range.end > to) return null;
    items.push({
      key: group.key,
      lead: text.slice(at, range.start),
      code: text.slice(range.start, range.end),
      meaning: meaningOf(source, group, range),
      line: lineAt(text, range.start),
      body: bodyOf(source, group, range),
    });
    at = range.end;
  }
  return { head: text.slice(start, from), items, tail: text.slice(at, to), tailLine: lineAt(text, at) };
}

/** The lines of expressions that follow one another; null where they share one with something else. */
function wholeLines(source: Source, exprs: readonly Expr[]): Range | null {
  const { text } = source;
  const [first, last] = [exprs[0], exprs.at(-1)];
  if (!first || !last) return null;
  const start = text.lastIndexOf('\n', first.range.start - 1) + 1;
  const end = lineEnd(text, last.range.end);
  const alone = text.slice(start, first.range.start).trim() === '' && endsLine(source, last.range.end, end);
  return alone ? { start, end } : null;
}

function meaningOf({ text, comments }: Source, { leading, clauses }: Group, { start, end }: Range): string | null {
  const commented = comments.some((comment) => comment.start >= start && comment.start < end);
  if (commented || /secret_key_base|signing_salt/.test(text.slice(start, end))) return null;
  return [...leading, ...clauses].map((expr) => comparable(expr)).join('\n');
}

/** The definitions inside a container, or the lines that describe a function and the function itself. */
function bodyOf(source: Source, { leading, clauses, key }: Group, { start, end }: Range): Body | null {
  const [only] = clauses;
  if (leading.length > 0) {
    const parts = [...leading.map(alone), { key, leading: [], clauses }];
    return readGroups(source, parts, { start, from: start, to: end });
  }
  return only && clauses.length === 1 ? containerBody(source, only, start, end) : null;
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

function endsLine({ text, comments }: Source, from: number, to: number): boolean {
  const comment = comments.find(({ start }) => start >= from && start < to);
  return text.slice(from, comment?.start ?? to).trim() === '';
}

/** Calls whose block is a list of definitions, in which order means little. */
const containers = new Set([
  ...['defmodule', 'scope', 'pipeline', 'quote', 'using', 'describe', 'live_session', 'if'],
  ...['schema', 'embedded_schema'],
]);

function containerBody(source: Source, expr: Expr, begin: number, end: number): Body | null {
  const call = containerOf(expr);
  const { block } = call ?? {};
  if (!call || !block || block.sections.length > 0) return null;
  const { text } = source;
  const from = lineEnd(text, block.range.start);
  const close = text.lastIndexOf('\n', block.range.end - 1) + 1;
  const onOneLine = from > close;
  return onOneLine ? null : withTail(readBody(source, block.body, begin, from, close), text.slice(close, end));
}

function withTail(body: Body | null, close: string): Body | null {
  return body && { ...body, tail: body.tail + close };
}

/** The call whose block lists definitions: a container, or a function that does nothing but quote some. */
function containerOf(expr: Expr): CallExpr | null {
  if (expr.kind !== 'call' || !expr.block) return null;
  const name = callName(expr) ?? '';
  if (containers.has(name)) return expr;
  const [only] = expr.block.body;
  const quotes = /^def(?:p|macro|macrop)?$/.test(name) && expr.block.body.length === 1 && only !== undefined;
  return quotes && callName(only) === 'quote' ? expr : null;
}

/** Statements that belong to the definition that follows them. */
const leading = new Set(['@doc', '@spec', '@impl', '@deprecated', '@tag', 'attr', 'slot']);

/** Definitions in order: clauses of one function together, with what describes them. */
function groupsOf(body: readonly Expr[]): Group[] {
  const groups: Group[] = [];
  let pending: Expr[] = [];
  for (const expr of body) {
    if (leading.has(labelOf(expr))) {
      pending.push(expr);
      continue;
    }
    const key = keyOf(expr);
    const last = groups.at(-1);
    const isClause = key.startsWith('fun ') && last?.key === key;
    if (isClause) groups[groups.length - 1] = { ...last, clauses: [...last.clauses, ...pending, expr] };
    else if (/^(fun|test) /.test(key)) groups.push({ key, leading: pending, clauses: [expr] });
    else groups.push(...pending.map(alone), alone(expr));
    pending = [];
  }
  return [...groups, ...pending.map(alone)];
}

function alone(expr: Expr): Group {
  return { key: keyOf(expr), leading: [], clauses: [expr] };
}

/** Keys told apart by number; the only module of a file is known as such, since people rename it. */
function numbered(groups: readonly Group[]): Group[] {
  const seen = new Map<string, number>();
  const onlyModule = groups.filter(({ key }) => key.startsWith('defmodule ')).length === 1;
  return groups.map((one) => {
    const group = onlyModule && one.key.startsWith('defmodule ') ? { ...one, key: 'defmodule' } : one;
    const count = (seen.get(group.key) ?? 0) + 1;
    seen.set(group.key, count);
    return count === 1 ? group : { ...group, key: `${group.key}#${count}` };
  });
}

function labelOf(expr: Expr): string {
  if (expr.kind === 'unary' && expr.operator === '@') return `@${callName(expr.operand) ?? comparable(expr.operand)}`;
  return callName(expr) ?? '';
}

/** Calls that say the same thing again when their first argument is the same: one use, plug or route of it. */
const named = new Set(
  [
    ['use', 'import', 'alias', 'require', 'plug', 'defmodule', 'pipeline', 'scope', 'live_session', 'test', 'describe'],
    [
      'get',
      'post',
      'put',
      'patch',
      'delete',
      'resources',
      'live',
      'forward',
      'live_dashboard',
      'channel',
      'attr',
      'slot',
    ],
    ['schema', 'field', 'belongs_to', 'has_one', 'has_many', 'many_to_many', 'embeds_one', 'embeds_many'],
  ].flat(),
);
/** Calls of which a body has one of each sort, told apart by their number. */
const single = new Set([
  ...['if', 'quote', 'using', 'pipe_through', 'setup', 'setup_all', 'embedded_schema', 'timestamps'],
]);

function keyOf(expr: Expr): string {
  const label = labelOf(expr);
  if (label.startsWith('@')) return label;
  const [clause] = functionsOf([expr]);
  if (clause) return `fun ${clause.name}/${clause.args.length}`;
  if (single.has(label)) return label;
  const [first] = expr.kind === 'call' ? expr.args : [];
  if (first && named.has(label)) {
    return `${label} ${label === 'scope' ? scopeKey(expr) : comparable(first)}`;
  }
  return comparable(expr);
}

/** A scope is known by its path and alias: several share the path. */
function scopeKey(expr: Expr): string {
  return expr.kind === 'call'
    ? expr.args
        .slice(0, 2)
        .map((arg) => comparable(arg))
        .join(', ')
    : '';
}
