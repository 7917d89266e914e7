import { createHash } from 'node:crypto';
import type { BlockExpr, CallExpr, ClauseExpr, Expr, KeywordsExpr, PairExpr, SigilExpr, StringExpr } from './ast.ts';
import { everyExpr } from './children.ts';
import { parse } from './parse.ts';
import { secretKeys } from './secrets.ts';

/** What a local name was bound to, for `port: port`. */
export type Bindings = Pick<ReadonlyMap<string, Expr>, 'get' | 'has' | typeof Symbol.iterator>;

/**
 * One-line text of an expression in its writer's own spelling and order, local bindings followed.
 * Sentences (heredocs, messages of `raise`) stand as a hash: they are text, not facts.
 */
export function display(expr: Expr, bindings: Bindings = new Map()): string {
  return new Printer(bindings, false).print(expr);
}

/**
 * Text that is equal for two expressions that mean the same: spelling of lists, order of keyword keys,
 * parentheses and environment-dependent regex modifiers do not count.
 */
export function comparable(expr: Expr, bindings: Bindings = new Map()): string {
  return new Printer(bindings, true).print(expr);
}

const comparables = new Map<string, string>();

/** Whether two texts of `display` mean the same value. */
export function sameValue(a: string, b: string): boolean {
  return a === b || comparableText(a) === comparableText(b);
}

/** Texts with only one spelling: plain strings, hashes of files, atoms, names of modules and variables. */
const unambiguous = /^(?:"[^"\\#]*"|[0-9a-f]{16}|:?[A-Za-z_]\w*|[A-Z]\w*(?:\.[A-Z]\w*)+)$/;

/** `comparable` of a text made by `display`; remembered, since history repeats itself. */
export function comparableText(text: string): string {
  if (unambiguous.test(text)) return text;
  const known = comparables.get(text);
  if (known !== undefined) return known;
  const { body, problems } = parse(text);
  const [only] = body;
  const result = only && body.length === 1 && problems.length === 0 ? comparable(only) : text;
  comparables.set(text, result);
  return result;
}

/** The fixed word that stands for such a value. */
export const secretWord = '"secret"';

class Printer {
  readonly #bindings: Bindings;
  readonly #normal: boolean;
  /** Names being followed, so that `x = x || y` ends. */
  readonly #following = new Set<string>();

  constructor(bindings: Bindings, normal: boolean) {
    this.#bindings = bindings;
    this.#normal = normal;
  }

  print(expr: Expr): string {
    switch (expr.kind) {
      case 'atom':
        return atomText(expr.name);
      case 'alias':
        return expr.name;
      case 'number':
        return expr.text;
      case 'identifier':
        return this.#identifier(expr.name);
      case 'string':
      case 'charlist':
        return this.#string(expr);
      case 'sigil':
        return this.#sigil(expr);
      case 'list':
        return this.#list(expr.items);
      case 'tuple':
        return `{${this.#sequence(this.#normal ? withOptions(expr.items) : expr.items)}}`;
      case 'bitstring':
        return `<<${this.#sequence(expr.items)}>>`;
      case 'map':
        return `%${expr.struct ? this.print(expr.struct) : ''}{${this.#sequence(expr.items)}}`;
      case 'keywords':
        return this.#keywords(expr);
      case 'pair':
        return this.#pair(expr);
      case 'call':
        return this.#call(expr);
      case 'dot':
        return expr.right === null ? `${this.print(expr.left)}.` : `${this.print(expr.left)}.${expr.right}`;
      case 'unary':
        return expr.operator === 'not' ? `not ${this.print(expr.operand)}` : expr.operator + this.print(expr.operand);
      case 'binary':
        return `${this.#operand(expr.left)} ${expr.operator} ${this.#operand(expr.right)}`;
      case 'access':
        return `${this.print(expr.target)}[${this.print(expr.key)}]`;
      case 'clause':
        return `${this.#clauseHead(expr)} -> ${this.#body(expr.body)}`.trimStart();
      case 'fn':
        return `fn ${expr.clauses.map((clause) => this.print(clause)).join('; ')} end`;
      case 'block':
        return this.#block(expr);
      case 'other':
        return expr.text.replace(/\s+/g, ' ');
      default:
        return expr satisfies never;
    }
  }

  #clauseHead({ args, guard }: ClauseExpr): string {
    const head = args.map((arg) => this.print(arg)).join(', ');
    return guard ? `${head} when ${this.print(guard)}` : head;
  }

  #identifier(name: string): string {
    const value = this.#bindings.get(name);
    if (value === undefined || this.#following.has(name)) return name;
    this.#following.add(name);
    const text = this.print(value);
    this.#following.delete(name);
    return value.kind === 'binary' ? `(${text})` : text;
  }

  #string(expr: StringExpr): string {
    const quote = expr.kind === 'charlist' ? "'" : '"';
    const text = expr.parts.map((part) => (typeof part === 'string' ? part : `#{${this.print(part)}}`)).join('');
    return expr.heredoc ? sentence(text) : quote + text + quote;
  }

  #sigil(expr: SigilExpr): string {
    const text = expr.parts.map((part) => (typeof part === 'string' ? part : `#{${this.print(part)}}`)).join('');
    if (expr.name === 'w' || expr.name === 'W') return this.#words(text, expr.modifiers);
    if (this.#normal && /^[rR]$/.test(expr.name)) {
      // Elixir 1.19.3 and newer let the generator add `E`; delimiters are a matter of taste.
      return `~r/${text.replaceAll('\\/', '/')}/${expr.modifiers.replace('E', '')}`;
    }
    const close = closing[expr.open] ?? expr.open;
    return `~${expr.name}${expr.open}${text}${close}${expr.modifiers}`;
  }

  #words(text: string, modifiers: string): string {
    const words = text.split(/\s+/).filter(Boolean);
    if (!this.#normal) return `~w(${words.join(' ')})${modifiers}`;
    return `[${words.map((word) => (modifiers === 'a' ? atomText(word) : `"${word}"`)).join(', ')}]`;
  }

  #list(items: readonly Expr[]): string {
    return `[${this.#sequence(items)}]`;
  }

  #sequence(items: readonly Expr[]): string {
    return items.map((item) => this.print(item)).join(', ');
  }

  #keywords(expr: KeywordsExpr): string {
    const names = expr.pairs.map((pair) => pair.name);
    const pairs = expr.pairs.map((pair) => this.#pair(pair));
    // A repeated key means that the order does: such a list is not a set.
    if (this.#normal && new Set(names).size === names.length) pairs.sort();
    return pairs.join(', ');
  }

  #pair(pair: PairExpr): string {
    const secret = secretKeys.has(pair.name) && pair.value.kind === 'string';
    return `${keyText(pair.name)} ${secret ? secretWord : this.print(pair.value)}`;
  }

  #operand(expr: Expr): string {
    if (!this.#normal) return this.print(expr);
    const inner = unwrapped(expr);
    return inner.kind === 'binary' ? `(${this.print(inner)})` : this.print(inner);
  }

  #block(expr: BlockExpr): string {
    const inner = unwrapped(expr);
    if (inner !== expr) return this.#normal ? this.print(inner) : `(${this.print(inner)})`;
    return `(${this.#body(expr.body)})`;
  }

  #body(body: readonly Expr[]): string {
    return body.map((one) => this.print(one)).join('; ');
  }

  #call(expr: CallExpr): string {
    const target = this.#callTarget(expr.target);
    const written = this.#normal ? withOptions(expr.args) : expr.args;
    const args = written.map((arg) => (target === 'raise' ? this.#message(arg) : this.print(arg)));
    const noParens = expr.argsRange === null || (expr.target.kind === 'dot' && args.length === 0 && !expr.parens);
    const block = expr.block ? this.#doBlock(expr.block) : '';
    return `${target}${noParens && !this.#normal && !expr.parens ? '' : `(${args.join(', ')})`}${block}`;
  }

  #callTarget(target: Expr): string {
    return target.kind === 'identifier' ? target.name : this.print(target);
  }

  /** In which words a failure is told makes no difference to what the expression means. */
  #message(arg: Expr): string {
    if (arg.kind === 'string' && this.#normal) return '"#"';
    return arg.kind === 'string' ? sentence(this.print({ ...arg, heredoc: false })) : this.print(arg);
  }

  #doBlock(block: NonNullable<CallExpr['block']>): string {
    const sections = block.sections.map(({ name, body }) => ` ${name} ${this.#body(body)}`).join('');
    return ` do ${this.#body(block.body)}${sections} end`;
  }
}

/** Items of a call or tuple without the brackets around a last keyword list, which mean nothing there. */
export function withOptions(items: readonly Expr[]): readonly Expr[] {
  const last = items.at(-1);
  const [only] = last?.kind === 'list' ? last.items : [];
  const options = last?.kind === 'list' && last.items.length === 1 && only?.kind === 'keywords' ? only : null;
  return options ? [...items.slice(0, -1), options] : items;
}

/** The expression inside parentheses that hold just one. */
function unwrapped(expr: Expr): Expr {
  const [only] = expr.kind === 'block' ? expr.body : [];
  return only && expr.kind === 'block' && expr.body.length === 1 ? unwrapped(only) : expr;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** An atom as Elixir writes it: `:name`, `:"two words"`, `true`. */
export function atomText(name: string): string {
  if (name === 'true' || name === 'false' || name === 'nil') return name;
  return /^[A-Za-z_][\w@]*[?!]?$/.test(name) ? `:${name}` : `:"${name}"`;
}

/** A keyword key with its colon: `name:`, `"assets.build":`. */
export function keyText(name: string): string {
  return /^[A-Za-z_][\w@]*[?!]?$/.test(name) ? `${name}:` : `"${name}":`;
}

/** The sentences among some expressions and in them, by what stands for each in a fact. */
export function sentencesOf(exprs: readonly Expr[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const expr of everyExpr(exprs)) {
    if (expr.kind !== 'string') continue;
    const words = wordsOf(expr.parts.map((part) => (typeof part === 'string' ? part : `#{${display(part)}}`)).join(''));
    found.set(hashOf(words), words);
  }
  return found;
}

/** A sentence as a fact: its hash, white space aside. Heredoc and quoted spelling of one text are equal. */
function sentence(text: string): string {
  return hashOf(wordsOf(text));
}

function wordsOf(text: string): string {
  return text.replace(/^"|"$/g, '').replaceAll('\\n', ' ').trim().replace(/\s+/g, ' ');
}

function hashOf(words: string): string {
  return `"#${createHash('sha256').update(words).digest('hex').slice(0, 12)}"`;
}
