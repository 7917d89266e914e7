import type { Range } from '../elixir/ast.ts';
import { codeRole } from './code-role.ts';
import type { CodeNode, CommentNode } from './model.ts';

/** Reads a template's text from left to right: the parts that tags, attributes and text have in common. */
export class Scanner {
  readonly text: string;
  at = 0;
  /** Starts of what the text ends in the middle of. */
  readonly unfinished: Range[] = [];

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  isAt(wanted: string): boolean {
    return this.text.startsWith(wanted, this.at);
  }

  /** Goes on to behind `end`, or to the end of the text. */
  skipPast(end: string): void {
    const found = this.text.indexOf(end, this.at);
    if (found === -1) this.unfinished.push({ start: this.at, end: this.text.length });
    this.at = found === -1 ? this.text.length : found + end.length;
  }

  /** The text as far as every character matches; at least one character, so that reading goes on. */
  word(part: RegExp): string {
    const start = this.at;
    while (!this.done && part.test(this.text[this.at] ?? '') && !this.isAt('<%')) this.at += 1;
    if (this.at === start) this.at += 1;
    return this.text.slice(start, this.at);
  }

  /** The EEx tag that begins here. `<%%` is a quotation, `<%#` and `<%!--` are comments. */
  eex(): CodeNode | CommentNode {
    const start = this.at;
    if (this.isAt('<%!--')) {
      this.skipPast('--%>');
      return { kind: 'comment', range: { start, end: this.at } };
    }
    const [opening = '<%'] = /^<%[=|/#%]?/.exec(this.text.slice(start, start + 3)) ?? [];
    this.skipPast('%>');
    const range = { start, end: this.at };
    const marker = opening.slice(2);
    if (marker === '#' || marker === '%') return { kind: 'comment', range };
    const closed = this.text.startsWith('%>', this.at - 2);
    const code = { start: start + opening.length, end: Math.max(start + opening.length, this.at - (closed ? 2 : 0)) };
    const role = codeRole(this.text.slice(code.start, code.end));
    return { kind: 'code', range, marker: marker as CodeNode['marker'], role, code };
  }

  /** `{…}`, and the range of what is inside. Braces in strings do not count, those of `#{…}` do. */
  braces(): { readonly range: Range; readonly code: Range } {
    const start = this.at;
    this.#toClosingBrace();
    if (this.done) this.unfinished.push({ start, end: this.text.length });
    const end = Math.min(this.at, this.text.length);
    this.at = Math.min(end + 1, this.text.length);
    return { range: { start, end: this.at }, code: { start: start + 1, end } };
  }

  /** From an opening brace to the one that closes it. */
  #toClosingBrace(): void {
    let depth = 0;
    for (; !this.done; this.at += 1) {
      const char = this.text[this.at];
      if (char === '"') this.#toClosingQuote();
      else if (char === '{') depth += 1;
      else if (char === '}') depth -= 1;
      else if (char === '?' && /[^\w?!]/.test(this.text[this.at - 1] ?? ' ')) this.at += 1;
      if (depth === 0) return;
    }
  }

  /** From an opening quote to the last one of what closes the string or heredoc. */
  #toClosingQuote(): void {
    const quote = /^"""[ \t]*\r?\n/.test(this.text.slice(this.at, this.at + 100)) ? '"""' : '"';
    for (this.at += quote.length; !this.done && !this.isAt(quote); this.at += 1) {
      if (this.text[this.at] === '\\') this.at += 1;
      else if (this.isAt('#{')) {
        this.at += 1;
        this.#toClosingBrace();
      }
    }
    this.at += quote.length - 1;
  }
}
