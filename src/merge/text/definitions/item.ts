import type { CallExpr, Expr, Source } from '../../../elixir/ast.ts';
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

interface Group {
  readonly key: string;
  readonly first: Expr;
  readonly last: Expr;
}

/** `start` is where the head begins, `from` where the first item's lines do, `to` where the body ends. */
function readBody(source: Source, body: readonly Expr[], start: number, from: number, to: number): Body | null {
  const { text } = source;
  const items: Item[] = [];
  let at = from;
  for (const { key, first, last } of numbered(groupsOf(body))) {
    const begin = text.lastIndexOf('\n', first.range.start - 1) + 1;
    const end = lineEnd(text, last.range.end);
    const shared = text.slice(begin, first.range.start).trim() !== '' || !endsLine(source, last.range.end, end);
    if (begin < at || shared || end > to) return null;
    const container = first === last ? containerBody(source, first, begin, end) : null;
    items.push({
      key,
      lead: text.slice(at, begin),
      code: text.slice(begin, end),
      line: lineAt(text, begin),
      body: container,
    });
    at = end;
  }
  return { head: text.slice(start, from), items, tail: text.slice(at, to), tailLine: lineAt(text, at) };
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
const containers = new Set(['defmodule', 'scope', 'pipeline', 'quote', 'using', 'describe', 'live_session', 'if']);

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
    const clause = key.startsWith('fun ') && last?.key === key;
    if (clause) groups[groups.length - 1] = { ...last, last: expr };
    else if (key.startsWith('fun ') || key.startsWith('test '))
      groups.push({ key, first: pending[0] ?? expr, last: expr });
    else groups.push(...pending.map(alone), alone(expr));
    pending = [];
  }
  return [...groups, ...pending.map(alone)];
}

function alone(expr: Expr): Group {
  return { key: keyOf(expr), first: expr, last: expr };
}

function numbered(groups: readonly Group[]): Group[] {
  const seen = new Map<string, number>();
  return groups.map((group) => {
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
    ['get', 'post', 'put', 'patch', 'delete', 'resources', 'live', 'forward', 'live_dashboard', 'channel'],
  ].flat(),
);
/** Calls of which a body has one of each sort, told apart by their number. */
const single = new Set(['if', 'quote', 'using', 'pipe_through', 'setup', 'setup_all']);

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
