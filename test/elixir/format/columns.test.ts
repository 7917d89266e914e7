import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../src/elixir/format/columns.ts';

describe('columns of a text', () => {
  it.each([
    ['plain', 5],
    ['é', 1],
    ['e\u0301a', 2],
    ['a family: 👩‍👩‍👧!', 12],
    ['🇩🇪🇫🇷', 2],
    ['👍🏽', 1],
    ['日本語', 3],
    ['한국', 2],
  ])('are the characters that a reader sees: %s', (text, columns) => {
    expect(columnsOf('é')(text)).toBe(columns);
  });

  it('may be many', () => {
    expect(columnsOf('é')('é'.repeat(1_000_000))).toBe(1_000_000);
    expect(columnsOf('é')('e\u0301'.repeat(10_000))).toBe(10_000);
  });
});
