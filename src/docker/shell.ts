import type { Range } from '../elixir/ast.ts';

/** One command of a chain: what stands between `&&`, `;` and line ends. Pipes and `||` stay inside it. */
export interface Command {
  /** As written on one line: continuations, comments and runs of white space become one space. */
  readonly text: string;
  readonly range: Range;
  /** Words of each simple command of the pipe, quotes taken off: `[['curl', 'url'], ['bash']]`. */
  readonly pipe: readonly (readonly string[])[];
  /** What joins it to the one before it; null for the first. */
  readonly joint: '&&' | ';' | null;
}

/** How a text is to be read: a Dockerfile's instruction joins lines, a script ends commands at them. */
export interface ShellReading {
  /** The character that escapes a line end, `\` but for Dockerfiles with an escape directive. */
  readonly escape: string;
  /** Whether a line end ends a command, and `#` begins a comment. */
  readonly script: boolean;
}

const script: ShellReading = { escape: '\\', script: true };

/** The commands of a shell script, in order. */
export function scriptCommands(text: string): Command[] {
  return shellCommands(text, { start: 0, end: text.length }, script);
}

/** The commands within a range of a text. Never throws: an open quote ends with the range. */
export function shellCommands(text: string, range: Range, reading: ShellReading): Command[] {
  const commands = new CommandList(text);
  for (const token of new Tokens(text, range, reading).all()) commands.add(token);
  return commands.finish();
}

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'operator'; readonly text: string };

class CommandList {
  readonly #source: string;
  readonly #done: Command[] = [];
  #pipe: string[][] = [[]];
  #texts: string[] = [];
  #start = -1;
  #end = -1;
  #joint: Command['joint'] = null;

  constructor(source: string) {
    this.#source = source;
  }

  add(token: Token): void {
    if (token.kind === 'word') this.#word(token);
    else if (token.text === '|' || token.text === '||') {
      this.#texts.push(token.text);
      this.#pipe.push([]);
    } else this.#close(token.text === '&&' ? '&&' : ';');
  }

  #word(token: Extract<Token, { kind: 'word' }>): void {
    if (this.#start < 0) this.#start = token.start;
    this.#end = token.end;
    this.#texts.push(this.#source.slice(token.start, token.end));
    this.#pipe.at(-1)?.push(token.text);
  }

  #close(joint: '&&' | ';'): void {
    const pipe = this.#pipe.filter((words) => words.length > 0);
    if (pipe.length > 0) {
      const range = { start: this.#start, end: this.#end };
      this.#done.push({ text: this.#texts.join(' '), range, pipe, joint: this.#joint });
      this.#joint = joint;
    }
    this.#pipe = [[]];
    this.#texts = [];
    this.#start = -1;
  }

  finish(): Command[] {
    this.#close(';');
    return this.#done;
  }
}

class Tokens {
  readonly #text: string;
  readonly #end: number;
  readonly #reading: ShellReading;
  #at: number;

  constructor(text: string, range: Range, reading: ShellReading) {
    this.#text = text;
    this.#at = range.start;
    this.#end = range.end;
    this.#reading = reading;
  }

  all(): Token[] {
    const tokens: Token[] = [];
    while (this.#at < this.#end) {
      const token = this.#next();
      if (token) tokens.push(token);
    }
    return tokens;
  }

  #next(): Token | null {
    if (this.#skipContinuation()) return null;
    const char = this.#text[this.#at] ?? '';
    if (char === '\n' && this.#reading.script) return this.#operator('\n');
    if (/\s/.test(char)) return this.#skip(1);
    if (char === '#' && this.#reading.script) return this.#skip(this.#lineEnd() - this.#at);
    const operator = /^(?:&&|\|\||;;|[|;&()])/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    return operator ? this.#operator(operator) : this.#word();
  }

  #skip(length: number): null {
    this.#at += length;
    return null;
  }

  #operator(text: string): Token {
    this.#at += text.length;
    return { kind: 'operator', text };
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end === -1 || end > this.#end ? this.#end : end;
  }

  /** A line end behind the escape character; Docker also drops comment lines and empty ones that follow. */
  #skipContinuation(): boolean {
    if (this.#text[this.#at] !== this.#reading.escape) return false;
    const rest = this.#text.slice(this.#at + 1, this.#end);
    const pattern = this.#reading.script ? /^\r?\n/ : /^[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[ \t]*#[^\n]*$)?/;
    const match = pattern.exec(rest);
    if (match) this.#at += 1 + match[0].length;
    return match !== null;
  }

  #word(): Token {
    const start = this.#at;
    let text = '';
    while (this.#at < this.#end && !this.#atWordEnd()) text += this.#piece();
    return { kind: 'word', text, start, end: this.#at };
  }

  #atWordEnd(): boolean {
    const char = this.#text[this.#at] ?? '';
    if (/[\s|;()]/.test(char)) return true;
    // `2>&1` and `&>file` are redirections, not the end of a command.
    if (char === '&') return this.#text[this.#at - 1] !== '>' && this.#text[this.#at + 1] !== '>';
    return char === this.#reading.escape && /^[ \t]*\r?\n/.test(this.#text.slice(this.#at + 1, this.#end));
  }

  /** The next character or quoted part of a word, without its quotes. */
  #piece(): string {
    const char = this.#text[this.#at] ?? '';
    if (char === "'" || char === '"') return this.#quoted(char);
    if (char === '`') return `\`${this.#quoted(char)}\``;
    if (char === '$' && this.#text[this.#at + 1] === '(') return this.#substitution();
    if (char === '$' && this.#text[this.#at + 1] === '{') return this.#until('}');
    if (char === '\\' && this.#at + 1 < this.#end) {
      this.#at += 2;
      return this.#text[this.#at - 1] ?? '';
    }
    this.#at += 1;
    return char;
  }

  #quoted(quote: string): string {
    const start = this.#at + 1;
    let at = start;
    while (at < this.#end && this.#text[at] !== quote) at += quote !== "'" && this.#text[at] === '\\' ? 2 : 1;
    this.#at = Math.min(at + 1, this.#end);
    return this.#text.slice(start, Math.min(at, this.#end));
  }

  #until(close: string): string {
    const start = this.#at;
    const found = this.#text.indexOf(close, start);
    this.#at = found === -1 || found >= this.#end ? this.#end : found + 1;
    return this.#text.slice(start, this.#at);
  }

  #substitution(): string {
    const start = this.#at;
    let depth = 0;
    for (this.#at += 1; this.#at < this.#end; this.#at += 1) {
      if (this.#text[this.#at] === '(') depth += 1;
      if (this.#text[this.#at] === ')' && --depth === 0) break;
    }
    this.#at = Math.min(this.#at + 1, this.#end);
    return this.#text.slice(start, this.#at);
  }
}

const prefixes = new Set([
  'exec',
  'then',
  'do',
  'else',
  'if',
  'while',
  '!',
  'time',
  'sudo',
  'env',
  'nohup',
  'eval',
  '{',
]);
const shells = /^(?:.*\/)?(?:ba|da|a|z)?sh$/;

/**
 * Every program that commands start, as words without assignments and `exec`: those of pipes, and those inside
 * `sh -c "…"`, too.
 */
export function programsOf(commands: readonly Command[]): (readonly string[])[] {
  return commands.flatMap(({ pipe }) => pipe.flatMap(programsOfWords));
}

/** The same for words that are at hand already, as a JSON-form instruction has them. */
export function programsOfWords(words: readonly string[]): (readonly string[])[] {
  const first = words.findIndex((word) => !prefixes.has(word) && !/^[A-Za-z_]\w*=/.test(word));
  if (first === -1) return [];
  const program = words.slice(first);
  const isEvaluated = words.slice(0, first).includes('eval') && program.some((word) => /\s/.test(word));
  if (isEvaluated) return programsOf(scriptCommands(program.join(' ')));
  const flag = shells.test(program[0] ?? '') ? program.findIndex((word) => /^-\w*c$/.test(word)) : -1;
  const inner = flag === -1 ? undefined : program[flag + 1];
  return inner === undefined ? [program] : programsOf(scriptCommands(inner));
}
