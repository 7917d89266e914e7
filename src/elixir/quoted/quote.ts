import type { BinaryExpr, ClauseExpr, DoBlock, Expr, MapExpr, PairExpr, Source, UnaryExpr } from '../ast.ts';
import { callName } from '../module.ts';
import { parse } from '../parse.ts';
import { quotedDot, targetedCall } from './calls.ts';
import { UnreadableText } from './escapes.ts';
import { Lines } from './lines.ts';
import { numberOf } from './literal.ts';
import type { Quoter } from './quoter.ts';
import { quotedAtom, quotedSigil, quotedString } from './strings.ts';
import {
  Atom,
  aliasOf,
  blockOf,
  callOf,
  moduleAtom,
  noArguments,
  pairOf,
  type Quoted,
  remoteCall,
  Tuple,
  triple,
} from './term.ts';

/**
 * The quoted expression of a parsed text: what `Code.string_to_quoted!` gives, with lines as its only metadata. Throws
 * `UnreadableText` where the text does not parse.
 */
function quotedSource(source: Source): Quoted {
  const [problem] = source.problems;
  if (problem) throw new UnreadableText(`a syntax error on line ${problem.line}`);
  return new Quoting(source.text).block(source.body);
}

/** The quoted expression of a text. Throws `UnreadableText`. */
export function quotedText(text: string): Quoted {
  return quotedSource(parse(text));
}

/** One text's expressions, made into quoted ones. */
class Quoting implements Quoter {
  readonly #text: string;
  readonly #lines: Lines;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new Lines(text);
  }

  meta({ range }: Expr): readonly Quoted[] {
    return this.#lines.meta(range.start);
  }

  sourceOf({ range }: Expr): string {
    return this.#text.slice(range.start, range.end);
  }

  /** What stands between parentheses, in a clause or in a `do … end`. Clauses are a list, a negation alone is a block. */
  block(body: readonly Expr[]): Quoted {
    const [first] = body;
    if (first?.kind === 'clause') return this.all(body);
    return body.length === 1 && staysBlock(first) ? callOf('__block__', this.all(body)) : blockOf(this.all(body));
  }

  all(items: readonly Expr[]): Quoted[] {
    return items.map((item) => this.quote(item));
  }

  /** Throws `UnreadableText` for what the reader did not understand. */
  quote(expr: Expr): Quoted {
    const meta = this.meta(expr);
    switch (expr.kind) {
      case 'atom':
        return quotedAtom(expr.name, this.sourceOf(expr).startsWith(':"'), this);
      case 'alias':
        return aliasOf(expr.name, meta);
      case 'identifier':
        return triple(Atom.of(expr.name), meta, expr.name === '..' ? [] : noArguments);
      case 'number':
        return numberOf(expr);
      case 'string':
      case 'charlist':
        return quotedString(expr, this);
      case 'sigil':
        return quotedSigil(expr, this);
      case 'list':
        return this.#items(expr.items, true);
      case 'tuple':
        return this.#tuple(this.#items(expr.items, false), meta);
      case 'bitstring':
        return callOf('<<>>', this.#items(expr.items, false), meta);
      case 'keywords':
        return expr.pairs.map((pair) => this.#pair(pair));
      case 'pair':
        return this.#pair(expr);
      case 'map':
        return this.#map(expr);
      case 'call':
        return targetedCall(expr, this);
      case 'dot':
        return quotedDot(expr, this);
      case 'unary':
        return this.#unary(expr);
      case 'binary':
        return this.#binary(expr);
      case 'access':
        return remoteCall(moduleAtom('Access'), 'get', [this.quote(expr.target), this.quote(expr.key)], meta);
      case 'clause':
        return this.#clause(expr);
      case 'fn':
        return callOf('fn', this.all(expr.clauses), meta);
      case 'block':
        return this.block(expr.body);
      case 'other':
        throw new UnreadableText(expr.text);
      default:
        return expr satisfies never;
    }
  }

  /** Keywords at the end of a list are its elements; at the end of a tuple or a call they are one list. */
  #items(items: readonly Expr[], spread: boolean): Quoted[] {
    return items.flatMap((item) =>
      spread && item.kind === 'keywords' ? item.pairs.map((pair) => this.#pair(pair)) : [this.quote(item)],
    );
  }

  #tuple(items: readonly Quoted[], meta: readonly Quoted[]): Quoted {
    return items.length === 2 ? new Tuple(items) : callOf('{}', items, meta);
  }

  #pair(pair: PairExpr): Quoted {
    const isQuoted = this.#text[pair.keyRange.start] === '"';
    return new Tuple<Quoted>([quotedAtom(pair.name, isQuoted, this), this.quote(pair.value)]);
  }

  #map(expr: MapExpr): Quoted {
    const map = callOf('%{}', this.#mapItems(expr.items), this.meta(expr));
    return expr.struct === null ? map : callOf('%', [this.quote(expr.struct), map], this.meta(expr));
  }

  /** In `old | key => value, …` all that follows the bar is one list; the grammar may take `old | key` for the first key. */
  #mapItems(items: readonly Expr[]): Quoted[] {
    const [first, ...rest] = items;
    if (first?.kind !== 'binary') return items.flatMap((item) => this.#mapPairs(item));
    const { left, right } = first;
    const bar = first.operator === '=>' && left.kind === 'binary' ? left : first;
    if (bar.operator !== '|') return items.flatMap((item) => this.#mapPairs(item));
    const initial =
      bar === first ? this.#mapPairs(right) : [new Tuple<Quoted>([this.quote(bar.right), this.quote(right)])];
    const pairs = [...initial, ...rest.flatMap((item) => this.#mapPairs(item))];
    return [callOf('|', [this.quote(bar.left), pairs], this.meta(first))];
  }

  #mapPairs(item: Expr): Quoted[] {
    if (item.kind === 'keywords') return item.pairs.map((pair) => this.#pair(pair));
    if (item.kind !== 'binary' || item.operator !== '=>') return [this.quote(item)];
    return [new Tuple<Quoted>([this.quote(item.left), this.quote(item.right)])];
  }

  #unary(expr: UnaryExpr): Quoted {
    const { operator, operand, range } = expr;
    const isInParens = this.#text.slice(range.start, operand.range.start).endsWith('(');
    return callOf(operator, [isInParens ? this.block([operand]) : this.quote(operand)], this.meta(expr));
  }

  #binary(expr: BinaryExpr): Quoted {
    const { operator, left, right } = expr;
    if (operator === '//' && left.kind === 'binary' && left.operator === '..')
      return callOf('..//', this.all([left.left, left.right, right]), this.meta(left));
    const operands = [this.quote(expr.left), this.quote(expr.right)];
    const meta = this.meta(expr);
    if (expr.operator === 'not in') return callOf('not', [callOf('in', operands, meta)], meta);
    return callOf(expr.operator, operands, meta);
  }

  /** The patterns of `a, b when guard` stand in one `when`. */
  #clause(expr: ClauseExpr): Quoted {
    const meta = this.meta(expr);
    const patterns = this.all(expr.args);
    const args = expr.guard ? [callOf('when', [...patterns, this.quote(expr.guard)], meta)] : patterns;
    return callOf('->', [args, this.block(expr.body)], meta);
  }

  reread(text: string): { expr: Expr; quoter: Quoter } {
    const { body, problems } = parse(text);
    const [expr] = body;
    if (expr === undefined || body.length > 1 || problems.length > 0) throw new UnreadableText(text);
    return { expr, quoter: new Quoting(text) };
  }

  /** `[do: …, else: …]` of a `do … end` */
  doBlock(block: DoBlock): Quoted {
    const sections = [{ name: 'do', body: block.body }, ...block.sections];
    return sections.map(({ name, body }) => pairOf(name, this.block(body)));
  }
}

/** A negation, or what is spliced in: the one expression that makes a block nevertheless. */
function staysBlock(expr: Expr | undefined): boolean {
  if (expr?.kind === 'binary') return expr.operator === 'not in';
  if (expr?.kind === 'call') return callName(expr) === 'unquote_splicing' && expr.args.length === 1;
  return expr?.kind === 'unary' && (expr.operator === 'not' || expr.operator === '!');
}
