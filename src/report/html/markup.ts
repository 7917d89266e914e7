import { manyLines, markupText, oneLine } from '../../plan/escape.ts';

/** HTML that is safe to print. Only `html` makes it, so text of a project never gets in unescaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What `html` takes: texts and numbers are escaped, markup is not. */
export type Part = Markup | string | number | readonly Part[];

/** A template whose strings are ours and whose values are escaped to one line, but for markup made here. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const text = strings.map((string, index) => {
    const value = values[index];
    return value === undefined ? string : string + printed(value);
  });
  return new Markup(text.join(''));
}

function printed(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return markupText(oneLine(String(part)));
  return part.map(printed).join('');
}

/** Text of many lines, for `pre`. */
export function preformatted(text: string): Markup {
  return new Markup(markupText(manyLines(text)));
}

/** Nothing. */
export const none = new Markup('');
