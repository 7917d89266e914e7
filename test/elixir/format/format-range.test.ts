import { describe, expect, it } from 'vitest';
import { formatRange } from '../../../src/elixir/format/format-range.ts';

/** The text with what stands between `«` and `»` touched. */
function touched(marked: string): string {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const result = formatRange(text, { start, end: marked.indexOf('»') - 1 });
  return result.ok ? result.text : result.refusal.kind;
}

describe('a touched range', () => {
  it('has its statement formatted, and no other', () => {
    const marked = 'def a do\n  one( 1 )\n  two( «2» )\n  three( 3 )\nend\n';
    expect(touched(marked)).toBe('def a do\n  one( 1 )\n  two(2)\n  three( 3 )\nend\n');
  });

  it('breaks at its own indentation', () => {
    const long = `first_argument_of_the_call_${'x'.repeat(30)}`;
    const marked = `def a do\n  two(«${long}», ${long})\nend\n`;
    expect(touched(marked)).toBe(`def a do\n  two(\n    ${long},\n    ${long}\n  )\nend\n`);
  });

  it('covers the statements from the first to the last that it touches', () => {
    expect(touched('a( 1 )\nb( «2 )\n# between\nc( 3» )\nd( 4 )\n')).toBe('a( 1 )\nb(2)\n# between\nc(3)\nd( 4 )\n');
  });

  it('is that of all clauses of a case, which decide together', () => {
    const marked = 'case a do\n  1 -> «b»\n  2 ->\n    c\nend\n';
    expect(touched(marked)).toBe('case a do\n  1 ->\n    b\n\n  2 ->\n    c\nend\n');
  });

  it('may hold no statement', () => {
    expect(touched('a( 1 )\n\n«»\n\nb( 2 )\n')).toBe('a( 1 )\n\n\n\nb( 2 )\n');
  });

  it('is refused in a text that does not parse', () => {
    expect(touched('a(\n«b»')).toBe('syntax');
  });
});
