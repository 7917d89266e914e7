import type { BinaryExpr, CallExpr, ClauseExpr, DoBlock, Expr, PairExpr, QuotedName, Range, UnaryExpr } from './ast.ts';
import type { Concrete } from './concrete.ts';

/**
 * No person nests expressions deeper than this. Whatever walks the values calls itself for each level, and would run
 * out of stack in a file that was made to do so.
 */
const deepest = 250;

/**
 * Words that are no names. The grammar takes them for variables where a block has nothing to do with them: an `end` too
 * many is a tree without an error.
 */
const reserved = new Set(['do', 'end', 'after', 'else', 'rescue', 'catch', 'fn', 'when', 'and', 'or', 'not', 'in']);

/** One pass over tree-sitter's nodes that makes plain values of them, gathering comments on the way. */
export class TreeReader {
  readonly comments: Range[] = [];
  /** What tree-sitter lets pass: expressions that lie too deep to be read (they stand as `other`) and reserved words. */
  readonly problems: { line: number; range: Range }[] = [];
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The named children of a node as expressions, comments put aside. */
  sequence(node: Concrete): Expr[] {
    return this.#named(node).map((child) => this.expr(child));
  }

  #named(node: Concrete): Concrete[] {
    return node.children.filter((child) => {
      if (child.type !== 'comment') return true;
      this.comments.push(this.#commentRange(child));
      return false;
    });
  }

  /** The grammar counts the `\r` of a CRLF to the comment. */
  #commentRange({ start, end }: Concrete): Range {
    return { start, end: this.#text[end - 1] === '\r' ? end - 1 : end };
  }

  #slice(node: Concrete): string {
    return this.#text.slice(node.start, node.end);
  }

  expr(node: Concrete): Expr {
    if (this.#depth === deepest) {
      this.#refuse(node);
      return { kind: 'other', text: this.#slice(node), range: rangeOf(node) };
    }
    this.#depth += 1;
    const expr = this.#simple(node);
    this.#depth -= 1;
    return expr;
  }

  #refuse(node: Concrete): void {
    this.problems.push({ line: node.line, range: rangeOf(node) });
  }

  #simple(node: Concrete): Expr {
    const range = rangeOf(node);
    switch (node.type) {
      case 'atom':
        return { kind: 'atom', name: this.#slice(node).slice(1), quoted: null, range };
      case 'boolean':
      case 'nil':
        return { kind: 'atom', name: this.#slice(node), quoted: null, range };
      case 'quoted_atom':
        return { kind: 'atom', name: this.#slice(node).slice(2, -1), quoted: this.#quotedName(node, 1), range };
      case 'alias':
        return { kind: 'alias', name: this.#slice(node).replace(/\s+/g, ''), range };
      case 'identifier':
        if (reserved.has(this.#slice(node))) this.#refuse(node);
        return { kind: 'identifier', name: this.#slice(node), range };
      case 'operator_identifier':
        return { kind: 'identifier', name: this.#slice(node), range };
      case 'integer':
      case 'float':
        return this.#number(node, this.#slice(node).replaceAll('_', ''));
      case 'char':
        return this.#number(node, this.#slice(node));
      case 'string':
      case 'charlist':
        return { kind: node.type, parts: this.#quotedParts(node), heredoc: isHeredoc(this.#slice(node)), range };
      case 'list':
      case 'tuple':
      case 'bitstring':
        return { kind: node.type, items: this.sequence(node), range };
      case 'keywords':
        return { kind: 'keywords', pairs: this.#named(node).map((pair) => this.#pair(pair)), range };
      case 'pair':
        return this.#pair(node);
      case 'map':
        return this.#map(node);
      default:
        return this.#compound(node, range);
    }
  }

  #compound(node: Concrete, range: Range): Expr {
    switch (node.type) {
      case 'sigil':
        return this.#sigil(node);
      case 'call':
        return this.#call(node);
      case 'dot':
        return this.#dot(node);
      case 'unary_operator':
        return this.#unary(node);
      case 'binary_operator':
        return this.#binary(node);
      case 'access_call':
        return this.#access(node);
      case 'anonymous_function':
        return { kind: 'fn', clauses: this.sequence(node), range };
      case 'stab_clause':
        return this.#clause(node);
      case 'block':
        return { kind: 'block', body: this.sequence(node), range };
      default:
        this.#named(node).forEach((child) => void this.expr(child));
        return { kind: 'other', text: this.#slice(node), range };
    }
  }

  /**
   * The parts of a node that have these names in the grammar. Where the node has just as many children, they are those,
   * in this order: asking by name costs a call for each.
   */
  #parts<const Names extends readonly string[]>(
    node: Concrete,
    names: Names,
  ): { [At in keyof Names]: Concrete | null } {
    const children = this.#named(node);
    const sound = children.length === names.length && children.every(({ type }) => type !== 'ERROR');
    return (sound ? children : names.map((name) => node.field(name))) as { [At in keyof Names]: Concrete | null };
  }

  #part(node: Concrete | null, within: Concrete): Expr {
    return node ? this.expr(node) : { kind: 'other', text: '', range: rangeOf(within) };
  }

  /** What stands before an operand, after the one to its left if there is one. */
  #operator(node: Concrete, start: number, operand: Concrete | null): string {
    const between = operand ? this.#text.slice(start, operand.start).trim() : '';
    if (/^[^\s#()]{1,4}$/.test(between)) return between;
    const operator = node.field('operator');
    return operator ? this.#slice(operator).replace(/\s+/g, ' ') : '';
  }

  /** Literal text and interpolations of a quoted node; escapes stay as written. */
  #quotedParts(node: Concrete): (string | Expr)[] {
    const parts: (string | Expr)[] = [];
    for (const child of this.#named(node)) {
      if (child.type === 'interpolation') {
        parts.push(this.sequence(child)[0] ?? { kind: 'other', text: '', range: rangeOf(child) });
      } else if (child.type === 'quoted_content' || child.type === 'escape_sequence') {
        const last = parts.at(-1);
        if (typeof last === 'string') parts[parts.length - 1] = last + this.#slice(child);
        else parts.push(this.#slice(child));
      }
    }
    return parts;
  }

  #number(node: Concrete, text: string): Expr {
    return { kind: 'number', text, written: this.#slice(node), range: rangeOf(node) };
  }

  #quotedName(node: Concrete, quoteAt: number): QuotedName {
    return { open: this.#text[node.start + quoteAt] ?? '', parts: this.#quotedParts(node) };
  }

  #pair(node: Concrete): PairExpr {
    const [key, value] = this.#parts(node, ['key', 'value']);
    const text = key ? this.#slice(key).trimEnd() : '';
    const quoted = key?.type === 'quoted_keyword' ? this.#quotedName(key, 0) : null;
    return {
      kind: 'pair',
      name: quoted ? text.slice(1, text.lastIndexOf(quoted.open)) : text.replace(/:$/, ''),
      quoted,
      keyRange: key ? { start: key.start, end: key.start + text.length } : rangeOf(node),
      value: this.#part(value, node),
      range: rangeOf(node),
    };
  }

  #map(node: Concrete): Expr {
    const struct = node.children.find((child) => child.type === 'struct');
    const content = node.children.find((child) => child.type === 'map_content');
    this.#named(node);
    return {
      kind: 'map',
      struct: struct ? (this.sequence(struct)[0] ?? null) : null,
      items: content ? this.sequence(content) : [],
      range: rangeOf(node),
    };
  }

  #sigil(node: Concrete): Expr {
    const text = this.#slice(node);
    const part = (type: string) => node.children.find((child) => child.type === type);
    const open = node.field('quoted_start');
    return {
      kind: 'sigil',
      name: part('sigil_name') ? this.#slice(part('sigil_name') as Concrete) : '',
      parts: this.#quotedParts(node),
      modifiers: part('sigil_modifiers') ? this.#slice(part('sigil_modifiers') as Concrete) : '',
      open: open ? this.#slice(open) : (text[2] ?? ''),
      range: rangeOf(node),
    };
  }

  #call(node: Concrete): CallExpr {
    const children = this.#named(node);
    const [first] = children;
    const args = children.find((child) => child.type === 'arguments');
    const block = children.find((child) => child.type === 'do_block');
    return {
      kind: 'call',
      target: this.#part(first && first.type !== 'ERROR' ? first : node.field('target'), node),
      args: args ? this.sequence(args) : [],
      argsRange: args ? rangeOf(args) : null,
      parens: args ? this.#text[args.start] === '(' && args.opensWith('(') : false,
      block: block ? this.#doBlock(block) : null,
      range: rangeOf(node),
    };
  }

  #doBlock(node: Concrete): DoBlock {
    const isSection = (child: Concrete) => /^(else|rescue|catch|after)_block$/.test(child.type);
    const children = this.#named(node);
    return {
      body: children.filter((child) => !isSection(child)).map((child) => this.expr(child)),
      sections: children.filter(isSection).map((child) => ({
        name: child.type.replace('_block', ''),
        body: this.sequence(child),
        range: rangeOf(child),
      })),
      range: rangeOf(node),
    };
  }

  #dot(node: Concrete): Expr {
    const [first, right] = this.#parts(node, ['left', 'right']);
    const left = this.#part(first, node);
    if (right?.type === 'alias' && left.kind === 'alias') {
      return { kind: 'alias', name: `${left.name}.${this.#slice(right)}`, range: rangeOf(node) };
    }
    const group = right?.type === 'tuple' ? this.sequence(right) : null;
    return { kind: 'dot', left, right: right ? this.#slice(right) : null, group, range: rangeOf(node) };
  }

  #unary(node: Concrete): Expr {
    const [operand] = this.#parts(node, ['operand']);
    const operator = this.#operator(node, node.start, operand);
    const unary: UnaryExpr = { kind: 'unary', operator, operand: this.#part(operand, node), range: rangeOf(node) };
    const parens = this.#text.slice(node.start, unary.operand.range.start).includes('(');
    return operator === '&' && !parens ? withCaptureFirst(unary, unary.operand) : unary;
  }

  #binary(node: Concrete): Expr {
    const [left, right] = this.#parts(node, ['left', 'right']);
    return withMapArrowLast({
      kind: 'binary',
      operator: this.#operator(node, left?.end ?? node.start, right),
      left: this.#part(left, node),
      right: this.#part(right, node),
      range: rangeOf(node),
    });
  }

  #access(node: Concrete): Expr {
    const [target, key] = this.#parts(node, ['target', 'key']);
    return { kind: 'access', target: this.#part(target, node), key: this.#part(key, node), range: rangeOf(node) };
  }

  #clause(node: Concrete): ClauseExpr {
    const left = node.field('left');
    const right = node.field('right');
    const [args, guard] = this.#clauseHead(left);
    this.#named(node);
    return {
      kind: 'clause',
      args: args ? (args.type === 'arguments' ? this.sequence(args) : [this.expr(args)]) : [],
      guard: guard && this.expr(guard),
      parens: args?.type === 'arguments' && args.opensWith('('),
      arrow: node.field('operator')?.start ?? node.start,
      body: right ? this.sequence(right) : [],
      range: rangeOf(node),
    };
  }

  /** The grammar calls `args when guard` before an arrow an operator, whose left side are arguments. */
  #clauseHead(left: Concrete | null): [args: Concrete | null, guard: Concrete | null] {
    if (left?.type !== 'binary_operator') return [left, null];
    const args = left.field('left');
    if (args?.type !== 'arguments') return [left, null];
    this.#named(left);
    return [args, left.field('right')];
  }
}

/** Operators that bind less tightly than `=>` by the grammar, and more tightly in Elixir, where `=>` stands in maps alone. */
const belowMapArrow = new Set(['|', '::', 'when', '<-', '\\\\']);

/** `%{key => a | b}` is `key => (a | b)`; in `%{map | key => value}` the `|` is the map's own. */
function withMapArrowLast(binary: BinaryExpr): BinaryExpr {
  const { operator, left, right } = binary;
  if (!belowMapArrow.has(operator)) return binary;
  if (endsInMapArrow(left)) {
    const inner = { ...binary, left: left.right, range: { start: left.right.range.start, end: right.range.end } };
    return { ...left, right: withMapArrowLast(inner), range: binary.range };
  }
  if (operator === '|' || !isMapArrow(right)) return binary;
  return {
    ...right,
    left: { ...binary, right: right.left, range: { start: left.range.start, end: right.left.range.end } },
    range: binary.range,
  };
}

/** `[&f/1 | rest]`: the grammar gives the `&` all that follows. */
function withCaptureFirst(capture: UnaryExpr, operand: Expr): Expr {
  const range = { start: capture.range.start, end: operand.range.end };
  const isLower = operand.kind === 'binary' && (operand.operator === '=>' || belowMapArrow.has(operand.operator));
  return isLower
    ? { ...operand, left: withCaptureFirst(capture, operand.left), range }
    : { ...capture, operand, range };
}

function endsInMapArrow(expr: Expr): expr is BinaryExpr {
  if (expr.kind !== 'binary') return false;
  return expr.operator === '=>' || (expr.operator === '|' && isMapArrow(expr.right));
}

function isMapArrow(expr: Expr): expr is BinaryExpr & { operator: '=>' } {
  return expr.kind === 'binary' && expr.operator === '=>';
}

function isHeredoc(text: string): boolean {
  return text.startsWith('"""') || text.startsWith("'''");
}

function rangeOf(node: Concrete): Range {
  return { start: node.start, end: node.end };
}
