import type { Node } from 'web-tree-sitter';
import type { CallExpr, ClauseExpr, DoBlock, Expr, PairExpr, Range } from './ast.ts';

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
export class Reading {
  readonly comments: Range[] = [];
  /** What tree-sitter lets pass: expressions that lie too deep to be read (they stand as `other`) and reserved words. */
  readonly problems: { line: number; range: Range }[] = [];
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The named children of a node as expressions, comments put aside. */
  sequence(node: Node): Expr[] {
    return this.#named(node).map((child) => this.expr(child));
  }

  #named(node: Node): Node[] {
    return node.namedChildren.filter((child) => {
      if (child.type !== 'comment') return true;
      this.comments.push(this.#commentRange(child));
      return false;
    });
  }

  /** The grammar counts the `\r` of a CRLF to the comment. */
  #commentRange({ startIndex: start, endIndex: end }: Node): Range {
    return { start, end: this.#text[end - 1] === '\r' ? end - 1 : end };
  }

  #slice(node: Node): string {
    return this.#text.slice(node.startIndex, node.endIndex);
  }

  expr(node: Node): Expr {
    if (this.#depth === deepest) {
      this.#refuse(node);
      return { kind: 'other', text: this.#slice(node), range: rangeOf(node) };
    }
    this.#depth += 1;
    const expr = this.#simple(node);
    this.#depth -= 1;
    return expr;
  }

  #refuse(node: Node): void {
    this.problems.push({ line: node.startPosition.row + 1, range: rangeOf(node) });
  }

  #simple(node: Node): Expr {
    const range = rangeOf(node);
    switch (node.type) {
      case 'atom':
        return { kind: 'atom', name: this.#slice(node).slice(1), range };
      case 'boolean':
      case 'nil':
        return { kind: 'atom', name: this.#slice(node), range };
      case 'quoted_atom':
        return { kind: 'atom', name: this.#slice(node).slice(2, -1), range };
      case 'alias':
        return { kind: 'alias', name: this.#slice(node).replace(/\s+/g, ''), range };
      case 'identifier':
        if (reserved.has(this.#slice(node))) this.#refuse(node);
        return { kind: 'identifier', name: this.#slice(node), range };
      case 'operator_identifier':
        return { kind: 'identifier', name: this.#slice(node), range };
      case 'integer':
      case 'float':
        return { kind: 'number', text: this.#slice(node).replaceAll('_', ''), range };
      case 'char':
        return { kind: 'number', text: this.#slice(node), range };
      case 'string':
      case 'charlist':
        return { kind: node.type, parts: this.#parts(node), heredoc: isHeredoc(this.#slice(node)), range };
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

  #compound(node: Node, range: Range): Expr {
    switch (node.type) {
      case 'sigil':
        return this.#sigil(node);
      case 'call':
        return this.#call(node);
      case 'dot':
        return this.#dot(node);
      case 'unary_operator':
        return { kind: 'unary', operator: this.#field(node, 'operator'), operand: this.#child(node, 'operand'), range };
      case 'binary_operator':
        return this.#binary(node);
      case 'access_call':
        return { kind: 'access', target: this.#child(node, 'target'), key: this.#child(node, 'key'), range };
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

  #field(node: Node, name: string): string {
    const child = node.childForFieldName(name);
    return child ? this.#slice(child).replace(/\s+/g, ' ') : '';
  }

  #child(node: Node, name: string): Expr {
    const child = node.childForFieldName(name);
    return child ? this.expr(child) : { kind: 'other', text: '', range: rangeOf(node) };
  }

  /** Literal text and interpolations of a quoted node; escapes stay as written. */
  #parts(node: Node): (string | Expr)[] {
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

  #pair(node: Node): PairExpr {
    const key = node.childForFieldName('key');
    const text = key ? this.#slice(key).trimEnd() : '';
    const name = text.startsWith('"') ? text.slice(1, text.lastIndexOf('"')) : text.replace(/:$/, '');
    return {
      kind: 'pair',
      name,
      keyRange: key ? { start: key.startIndex, end: key.startIndex + text.length } : rangeOf(node),
      value: this.#child(node, 'value'),
      range: rangeOf(node),
    };
  }

  #map(node: Node): Expr {
    const struct = node.namedChildren.find((child) => child.type === 'struct');
    const content = node.namedChildren.find((child) => child.type === 'map_content');
    this.#named(node);
    return {
      kind: 'map',
      struct: struct ? (this.sequence(struct)[0] ?? null) : null,
      items: content ? this.sequence(content) : [],
      range: rangeOf(node),
    };
  }

  #sigil(node: Node): Expr {
    const text = this.#slice(node);
    const part = (type: string) => node.namedChildren.find((child) => child.type === type);
    const open = node.childForFieldName('quoted_start');
    return {
      kind: 'sigil',
      name: part('sigil_name') ? this.#slice(part('sigil_name') as Node) : '',
      parts: this.#parts(node),
      modifiers: part('sigil_modifiers') ? this.#slice(part('sigil_modifiers') as Node) : '',
      open: open ? this.#slice(open) : (text[2] ?? ''),
      range: rangeOf(node),
    };
  }

  #call(node: Node): CallExpr {
    const children = this.#named(node);
    const args = children.find((child) => child.type === 'arguments');
    const block = children.find((child) => child.type === 'do_block');
    return {
      kind: 'call',
      target: this.#child(node, 'target'),
      args: args ? this.sequence(args) : [],
      argsRange: args ? rangeOf(args) : null,
      parens: args ? this.#text[args.startIndex] === '(' && args.firstChild?.type === '(' : false,
      block: block ? this.#doBlock(block) : null,
      range: rangeOf(node),
    };
  }

  #doBlock(node: Node): DoBlock {
    const isSection = (child: Node) => /^(else|rescue|catch|after)_block$/.test(child.type);
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

  #dot(node: Node): Expr {
    const left = this.#child(node, 'left');
    const right = node.childForFieldName('right');
    if (right?.type === 'alias' && left.kind === 'alias') {
      return { kind: 'alias', name: `${left.name}.${this.#slice(right)}`, range: rangeOf(node) };
    }
    return { kind: 'dot', left, right: right ? this.#slice(right) : null, range: rangeOf(node) };
  }

  #binary(node: Node): Expr {
    return {
      kind: 'binary',
      operator: this.#field(node, 'operator'),
      left: this.#child(node, 'left'),
      right: this.#child(node, 'right'),
      range: rangeOf(node),
    };
  }

  #clause(node: Node): ClauseExpr {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    return {
      kind: 'clause',
      args: left ? (left.type === 'arguments' ? this.sequence(left) : [this.expr(left)]) : [],
      body: right ? this.sequence(right) : [],
      range: rangeOf(node),
    };
  }
}

function isHeredoc(text: string): boolean {
  return text.startsWith('"""') || text.startsWith("'''");
}

export function rangeOf(node: Node): Range {
  return { start: node.startIndex, end: node.endIndex };
}
