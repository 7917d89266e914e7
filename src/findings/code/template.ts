/** Elixir inside a template: `<%= … %>` or `{…}`. */
export interface TemplateCode {
  readonly code: string;
  readonly offset: number;
  /** Whether `<% … %>` stands where HEEx wants an attribute written as `{…}`. */
  readonly inTag: boolean;
}

/** One attribute of a tag, without the value's quotes or braces. */
export interface TemplateAttribute {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

/** What rules look at in a template, in the order of the text. */
export interface Template {
  readonly codes: readonly TemplateCode[];
  readonly attributes: readonly TemplateAttribute[];
}

/** Reads a template: markup, EEx tags and, if `curly`, HEEx's braces. Comments of both kinds are left out. */
export function readTemplate(text: string, curly: boolean): Template {
  return new TemplateReading(text, curly).read();
}

class TemplateReading {
  readonly #text: string;
  readonly #curly: boolean;
  readonly #codes: TemplateCode[] = [];
  readonly #attributes: TemplateAttribute[] = [];
  #at = 0;

  constructor(text: string, curly: boolean) {
    this.#text = text;
    this.#curly = curly;
  }

  read(): Template {
    while (this.#at < this.#text.length) {
      if (this.#isAt('<!--')) this.#skipPast('-->');
      else if (this.#isAt('<%')) this.#eex(false);
      else if (this.#isAt('{') && this.#curly) this.#braces();
      else if (/^<[A-Za-z.:]/.test(this.#text.slice(this.#at, this.#at + 2))) this.#tag();
      else this.#at += 1;
    }
    return { codes: this.#codes, attributes: this.#attributes };
  }

  #isAt(wanted: string): boolean {
    return this.#text.startsWith(wanted, this.#at);
  }

  #skipPast(end: string): void {
    const found = this.#text.indexOf(end, this.#at);
    this.#at = found === -1 ? this.#text.length : found + end.length;
  }

  #eex(inTag: boolean): void {
    const start = this.#at;
    if (this.#isAt('<%!--')) {
      this.#skipPast('--%>');
      return;
    }
    const code = start + (/^<%[=%|/]?/.exec(this.#text.slice(start, start + 3))?.[0].length ?? 2);
    this.#skipPast('%>');
    if (this.#text[start + 2] === '#' || this.#text[start + 2] === '%') return;
    this.#codes.push({ code: this.#text.slice(code, this.#at - 2), offset: code, inTag });
  }

  /** `{…}` with braces and strings inside; `{!-- … --}` would be markup, `\\{` is none. */
  #braces(): string {
    const start = this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === '"') this.#string();
      else if (char === '{') depth += 1;
      else if (char === '}' && --depth === 0) break;
    }
    this.#at += 1;
    const code = this.#text.slice(start + 1, this.#at - 1);
    this.#codes.push({ code, offset: start + 1, inTag: false });
    return code;
  }

  /** Leaves the position at the closing quote. */
  #string(): void {
    for (this.#at += 1; this.#at < this.#text.length && this.#text[this.#at] !== '"'; this.#at += 1) {
      if (this.#text[this.#at] === '\\') this.#at += 1;
    }
  }

  #tag(): void {
    this.#at += 1;
    const name = this.#word(/[^\s/>{<]/);
    while (this.#at < this.#text.length && !this.#isAt('>')) {
      if (this.#isAt('<%')) this.#eex(true);
      else if (this.#isAt('{') && this.#curly) this.#braces();
      else if (/[A-Za-z:@_-]/.test(this.#text[this.#at] ?? '')) this.#attribute();
      else this.#at += 1;
    }
    this.#at += 1;
    // What stands in a script or style element is no markup.
    if (/^(?:script|style)$/i.test(name)) this.#rawText(`</${name}`);
  }

  #rawText(end: string): void {
    const found = this.#text.toLowerCase().indexOf(end.toLowerCase(), this.#at);
    const stop = found === -1 ? this.#text.length : found;
    while (this.#at < stop) {
      if (this.#isAt('<%')) this.#eex(false);
      else this.#at += 1;
    }
  }

  #attribute(): void {
    const offset = this.#at;
    const name = this.#word(/[^\s=/>{<]/);
    const equals = /^\s*=\s*/.exec(this.#text.slice(this.#at, this.#at + 40))?.[0];
    if (equals === undefined) {
      this.#attributes.push({ name, value: '', offset });
      return;
    }
    this.#at += equals.length;
    this.#attributes.push({ name, value: this.#value(), offset });
  }

  #value(): string {
    const quote = this.#text[this.#at];
    if (this.#isAt('{') && this.#curly) return this.#braces();
    if (quote !== '"' && quote !== "'") {
      const start = this.#at;
      if (this.#isAt('<%')) this.#eex(true);
      else this.#word(/[^\s>]/);
      return this.#text.slice(start, this.#at);
    }
    this.#at += 1;
    const start = this.#at;
    while (this.#at < this.#text.length && this.#text[this.#at] !== quote) {
      if (this.#isAt('<%')) this.#eex(true);
      else this.#at += 1;
    }
    this.#at += 1;
    return this.#text.slice(start, this.#at - 1);
  }

  #word(part: RegExp): string {
    const start = this.#at;
    while (this.#at < this.#text.length && part.test(this.#text[this.#at] ?? '')) this.#at += 1;
    // A character that fits nowhere must not stop the reading.
    if (this.#at === start) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }
}
