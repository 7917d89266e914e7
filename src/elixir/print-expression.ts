import type { BinaryExpr, BlockExpr, CallExpr, ClauseExpr, DoBlock, Expr } from './ast.ts';
import { keyText } from './canonical.ts';
import {
  blankBreak,
  type Document,
  fillBreak,
  group,
  lastMayBreak,
  lastMayNotBreak,
  nest,
  nestWhenBroken,
  newLine,
  separated,
  softBreak,
  spaceBreak,
  unflat,
} from './print-document.ts';
import { heredocText, literalText } from './print-literal.ts';
import { bracketed, callArguments, joined, mayOpen, unwrapped } from './print-sequence.ts';

/** Operators whose right side may open a bracket on the same line, although the whole does not fit. */
const openingOperators = new Set(['=', '<-', '==', '!=', '=~', '===', '!==', '<', '>', '<=', '>=', '::']);
const pipes = new Set(['|>', '~>>', '<<~', '~>', '<~', '<~>', '<|>']);

/** Makes documents of expressions, by the rules that `mix format` has for each kind. */
export class Documents {
  readonly #source: string;

  /** `source` is the text that ranges index: literals are taken from it. */
  constructor(source: string) {
    this.#source = source;
  }

  outermost(expr: Expr, broken: boolean): Document {
    return this.#expr(unwrapped(expr), broken);
  }

  /** What stands between commas or behind a key: a call is written with parentheses there. */
  #plain(expr: Expr): Document {
    return this.#expr(withParens(unwrapped(expr)), false);
  }

  #expr(expr: Expr, broken: boolean): Document {
    switch (expr.kind) {
      case 'list':
        return bracketed('[', this.#elements(expr.items), ']', broken);
      case 'bitstring':
        return bracketed('<<', this.#elements(expr.items), '>>', broken);
      case 'map':
        return bracketed(
          ['%', expr.struct ? this.#plain(expr.struct) : '', '{'],
          this.#elements(expr.items),
          '}',
          broken,
        );
      case 'tuple':
        return this.#tuple(expr.items, broken);
      case 'keywords':
        return group(joined(this.#elements([expr]), spaceBreak));
      case 'pair':
        return this.#assigned(keyText(expr.name), '', expr.value, broken);
      case 'call':
        return this.#call(expr, broken);
      case 'binary':
        return this.#binary(expr, broken);
      default:
        return this.#small(expr);
    }
  }

  #small(expr: Expr): Document {
    switch (expr.kind) {
      case 'atom':
        return this.#written(expr);
      case 'string':
      case 'charlist':
      case 'sigil':
        return this.#quoted(expr);
      case 'number':
        return literalText(this.#written(expr));
      case 'alias':
      case 'identifier':
        return expr.name;
      case 'other':
        return expr.text;
      case 'dot':
        return [this.#operand(expr.left), '.', expr.right ?? ''];
      case 'unary':
        if (expr.operator === '&') return this.#capture(expr.operand);
        return [expr.operator === 'not' ? 'not ' : expr.operator, this.#operand(expr.operand)];
      case 'access':
        return [this.#operand(expr.target), bracketed('[', [this.#plain(expr.key)], ']', false)];
      case 'fn':
        return this.#fn(expr.clauses);
      case 'clause':
        return this.#clause(expr);
      case 'block':
        return this.#block(expr);
      default:
        throw new Error(`no document for ${expr.kind}`);
    }
  }

  /** The text of an expression, letter by letter. */
  #written({ range }: Expr): string {
    return this.#source.slice(range.start, range.end);
  }

  #quoted(expr: Extract<Expr, { parts: unknown }>): Document {
    const heredoc = expr.kind === 'sigil' ? expr.open.length === 3 : expr.heredoc;
    return heredoc ? heredocText(expr, (part) => this.#written(part)) : this.#written(expr);
  }

  /** Items of a list or map, trailing keywords among them. */
  #elements(items: readonly Expr[]): Document[] {
    return items
      .flatMap((item): readonly Expr[] => (item.kind === 'keywords' ? item.pairs : [item]))
      .map((item) => this.#plain(item));
  }

  #tuple(items: readonly Expr[], broken: boolean): Document {
    const documents = items.map((item) => this.#plain(item));
    if (broken) return group(['{', nest(1, joined(documents, newLine)), '}']);
    return group(['{', nest(1, joined(documents, fillBreak)), '}']);
  }

  /** `key: value`, `key => value`, `name = value`: the value goes to the next line only if it cannot open here. */
  #assigned(left: Document, operator: string, value: Expr, broken: boolean): Document {
    const right = broken ? this.#expr(unwrapped(value), true) : this.#plain(value);
    const inner = (document: Document) => nestWhenBroken(2, [operator, spaceBreak, document]);
    const tail = mayOpen(unwrapped(value))
      ? lastMayNotBreak(group(inner(lastMayBreak(right))))
      : group(inner(group(right)));
    return [group(left), tail];
  }

  /** `&Shop.price/1` takes no spaces, `&(&1 / 2)` does. */
  #capture(operand: Expr): Document {
    if (operand.kind !== 'binary' || operand.operator !== '/') return ['&', this.#operand(operand)];
    return ['&', this.#operand(operand.left), '/', this.#operand(operand.right)];
  }

  #operand(expr: Expr): Document {
    return this.#expr(expr, false);
  }

  #binary(expr: BinaryExpr, broken: boolean): Document {
    const { operator, left, right } = expr;
    if (operator === '=>') return this.#assigned(this.#operand(left), ' =>', right, broken);
    if (operator === '..' || operator === '//') return [this.#operand(left), operator, this.#operand(right)];
    if (operator === '\\\\' || operator === 'in' || operator === 'not in') {
      return [group(this.#operand(left)), ` ${operator} `, group(this.#operand(right))];
    }
    if (pipes.has(operator)) {
      return [this.#operand(left), spaceBreak, `${operator} `, this.#operand(right)];
    }
    if (operator === '|' || operator === 'when') {
      return group([this.#operand(left), spaceBreak, `${operator} `, nest(operator.length + 1, this.#operand(right))]);
    }
    const opens = openingOperators.has(operator) && mayOpen(right);
    const inner = (document: Document) => nestWhenBroken(this.#continues(right, operator) ? 0 : 2, document);
    const document = this.#operand(right);
    const tail = opens
      ? lastMayNotBreak(group(inner([spaceBreak, lastMayBreak(document)])))
      : group(nestWhenBroken(2, [spaceBreak, group(document)]));
    return [group(this.#operand(left)), ` ${operator}`, group(tail)];
  }

  #continues(right: Expr, operator: string): boolean {
    return right.kind === 'binary' && right.operator === operator;
  }

  #call(expr: CallExpr, broken: boolean): Document {
    const target = this.#operand(expr.target);
    const layout = (extra: string) => ({ broken, extra, element: (one: Expr) => this.#plain(one) });
    if (expr.block) {
      const head = expr.args.length > 0 || expr.parens ? callArguments(expr, layout(' do')) : ' do';
      return unflat([target, head, this.#doBlock(expr.block), newLine, 'end']);
    }
    if (expr.argsRange === null && !expr.parens) return target;
    return [target, callArguments(expr, layout(''))];
  }

  #doBlock(block: DoBlock): Document {
    const parts = [
      { head: '', body: block.body },
      ...block.sections.map(({ name, body }) => ({ head: [newLine, name], body })),
    ];
    return parts.map(({ head, body }) => [head, nest(2, body.length > 0 ? [newLine, this.#lines(body)] : '')]);
  }

  #lines(body: readonly Expr[]): Document {
    const lines = body.map((one) => this.#expr(one, false));
    if (body[0]?.kind !== 'clause') {
      const last = lines.length - 1;
      const spaced = lines.map((line, at) => group([at > 0 ? blankBreak : '', line, at < last ? blankBreak : '']));
      return separated(spaced, newLine);
    }
    const clauses = group(separated(lines, [softBreak, newLine]));
    return body.some((one) => one.kind === 'clause' && one.body.length > 1) ? unflat(clauses) : clauses;
  }

  #fn(clauses: readonly Expr[]): Document {
    const [only] = clauses;
    if (only?.kind !== 'clause' || clauses.length > 1) {
      return unflat(['fn', nest(2, [newLine, this.#lines(clauses)]), newLine, 'end']);
    }
    const between = only.body.length > 1 ? newLine : spaceBreak;
    const head = only.args.length > 0 ? ['fn ', this.#clauseHead(only), ' ->'] : 'fn ->';
    const document = [nest(2, [head, between, this.#lines(only.body)]), between, 'end'];
    return group(only.body.length > 1 ? unflat(document) : document);
  }

  #clause(clause: ClauseExpr): Document {
    const head = clause.args.length > 0 ? this.#clauseHead(clause) : '()';
    const between = clause.body.length > 1 ? newLine : spaceBreak;
    return [head, ' ->', nest(2, [between, this.#lines(clause.body)])];
  }

  #clauseHead({ args, guard }: ClauseExpr): Document {
    const written = joined(this.#elements(args), spaceBreak);
    return guard ? group([written, spaceBreak, 'when ', nest(5, this.#operand(guard))]) : written;
  }

  #block(block: BlockExpr): Document {
    const [only] = block.body;
    if (only && block.body.length === 1) return ['(', nest(1, this.#expr(only, false)), ')'];
    return unflat(['(', nest(2, [newLine, this.#lines(block.body)]), newLine, ')']);
  }
}

/** A call without parentheses needs them as an argument, at the end of an operator too. */
function withParens(expr: Expr): Expr {
  if (expr.kind === 'binary') return { ...expr, right: withParens(expr.right) };
  return expr.kind === 'call' && expr.args.length > 0 && expr.block === null ? { ...expr, parens: true } : expr;
}
