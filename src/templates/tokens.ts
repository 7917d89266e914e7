import type { Range } from '../elixir/ast.ts';
import { attributesOf } from './attributes.ts';
import type { BracesNode, CloseTag, CodeNode, CommentNode, Dialect, OpenTag, TextNode } from './model.ts';
import { Scanner } from './scanner.ts';

/** A template's text cut into pieces that follow each other without a gap. */
export type Token =
  | TextNode
  | CommentNode
  | CodeNode
  | BracesNode
  | ({ readonly kind: 'open' } & OpenTag)
  | ({ readonly kind: 'close' } & CloseTag);

/** What text the reading came to the end of before it was closed. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly unfinished: readonly Range[];
}

/** Cuts a template into tokens. */
export function tokensOf(text: string, dialect: Dialect): Tokens {
  const reading = new TokenReading(text, dialect);
  return { tokens: reading.read(), unfinished: reading.scanner.unfinished };
}

class TokenReading {
  readonly scanner: Scanner;
  readonly #dialect: Dialect;
  readonly #tokens: Token[] = [];
  #textStart = 0;

  constructor(text: string, dialect: Dialect) {
    this.scanner = new Scanner(text);
    this.#dialect = dialect;
  }

  read(): readonly Token[] {
    const { scanner } = this;
    while (!scanner.done) {
      if (scanner.isAt('<%') && !scanner.isAt('<%%')) this.#push(() => scanner.eex());
      else if (scanner.isAt('<!--')) this.#comment();
      else if (scanner.isAt('{') && this.#dialect.heex && this.#dialect.bodyBraces) this.#braces();
      else if (/^<[A-Za-z.:]/.test(this.#next(2))) this.#openTag();
      else if (/^<\/[A-Za-z.:]/.test(this.#next(3))) this.#push(() => this.#closeTag());
      // A backslash keeps a brace from being code.
      else scanner.at += scanner.isAt('\\{') && this.#dialect.heex ? 2 : 1;
    }
    this.#endText();
    return this.#tokens;
  }

  #next(length: number): string {
    return this.scanner.text.slice(this.scanner.at, this.scanner.at + length);
  }

  /** The text up to here is one token. */
  #endText(): void {
    const [start, end] = [this.#textStart, Math.min(this.scanner.at, this.scanner.text.length)];
    if (end > start) this.#tokens.push({ kind: 'text', range: { start, end } });
  }

  #push(make: () => Token): Token {
    this.#endText();
    const token = make();
    this.#tokens.push(token);
    this.#textStart = this.scanner.at;
    return token;
  }

  #braces(): void {
    this.#push(() => ({ kind: 'braces', ...this.scanner.braces() }));
  }

  /** EEx tags in a comment of HTML are compiled like any other. */
  #comment(): void {
    const { scanner } = this;
    const { text } = scanner;
    const found = text.indexOf('-->', scanner.at + 4);
    const end = found === -1 ? text.length : found + 3;
    if (found === -1) scanner.unfinished.push({ start: scanner.at, end });
    while (scanner.at < end) {
      if (scanner.isAt('<%') && !scanner.isAt('<%%')) this.#push(() => scanner.eex());
      else this.#push(() => this.#commentText(end));
    }
  }

  #commentText(end: number): CommentNode {
    const { scanner } = this;
    const start = scanner.at;
    const code = scanner.text.indexOf('<%', start + 1);
    scanner.at = code === -1 ? end : Math.min(code, end);
    return { kind: 'comment', range: { start, end: scanner.at } };
  }

  #openTag(): void {
    const token = this.#push(() => this.#opening());
    if (token.kind === 'open' && !token.selfClosing && /^(?:script|style)$/i.test(token.name)) {
      this.#rawText(token.name);
    }
  }

  #opening(): Token {
    const { scanner } = this;
    const start = scanner.at;
    scanner.at += 1;
    const nameStart = scanner.at;
    const name = scanner.word(/[^\s/>{<"'=]/);
    const nameRange = { start: nameStart, end: scanner.at };
    const attributes = attributesOf(scanner, this.#dialect.heex);
    const selfClosing = scanner.isAt('/>');
    if (scanner.done) scanner.unfinished.push({ start, end: scanner.text.length });
    scanner.at = Math.min(scanner.at + (selfClosing ? 2 : 1), scanner.text.length);
    return { kind: 'open', range: { start, end: scanner.at }, name, nameRange, attributes, selfClosing };
  }

  #closeTag(): Token {
    const { scanner } = this;
    const start = scanner.at;
    scanner.at += 2;
    const nameStart = scanner.at;
    const name = scanner.word(/[^\s>]/);
    const nameRange = { start: nameStart, end: scanner.at };
    scanner.skipPast('>');
    return { kind: 'close', range: { start, end: scanner.at }, name, nameRange };
  }

  /** What stands in a script or style element is text, but for EEx. */
  #rawText(name: string): void {
    const { scanner } = this;
    const found = scanner.text.slice(scanner.at).search(new RegExp(`</${name}`, 'i'));
    const stop = found === -1 ? scanner.text.length : scanner.at + found;
    while (scanner.at < stop) {
      if (scanner.isAt('<%') && !scanner.isAt('<%%')) this.#push(() => scanner.eex());
      else scanner.at += 1;
    }
  }
}
