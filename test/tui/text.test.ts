import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellSlice, cells } from '../../src/plan/cells.ts';
import { changedWords } from '../../src/plan/changed-words.ts';
import { Painter } from '../../src/tui/painter.ts';
import { drawn, lineSlice, lineWidth, shortened, span, wrapped } from '../../src/tui/text/line.ts';
import { asciiText, lookOf } from '../../src/tui/text/look.ts';
import { colouredCode, languageOf } from '../../src/tui/text/syntax.ts';
import { marked } from '../../src/tui/text/words.ts';
import { Screen } from '../support/screen.ts';

const shown = fc.string({ unit: fc.constantFrom(...'abc xyz', '漢', 'é', 'e\u0301', '🧵', '→'), maxLength: 40 });
const lines = fc.array(
  shown.map((text) => span(text)),
  { maxLength: 5 },
);
const textOf = (line: readonly { readonly text: string }[]) => line.map(({ text }) => text).join('');

describe('cells', () => {
  test.each([
    ['abc', 3],
    ['漢字', 4],
    ['e\u0301', 1],
    ['🧵', 2],
    ['→', 1],
  ])('%s takes %i', (text, width) => {
    expect(cells(text)).toBe(width);
  });

  test('a wide character that is cut leaves a blank', () => {
    expect(cellSlice('漢字', 1, 4)).toBe(' 字');
  });

  test('a cut line is as wide as asked, or as wide as the line', () => {
    fc.assert(
      fc.property(lines, fc.nat(60), fc.nat(60), (line, from, length) => {
        const width = lineWidth(lineSlice(line, from, from + length));
        expect(width).toBe(Math.max(0, Math.min(lineWidth(line) - from, length)));
      }),
    );
  });

  test('a line that loses nothing but blanks is cut without a word', () => {
    const line = [span('12 open', { bold: true }), span('  ')];
    expect(shortened(line, 8)).toEqual([span('12 open', { bold: true }), span(' ')]);
  });

  test('a shortened line fits, and says that it was cut', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 60 }), (line, width) => {
        const cut = shortened(line, width);
        expect(lineWidth(cut)).toBeLessThanOrEqual(width);
        const said = [span(textOf(line).trimEnd())];
        const isCut = lineWidth(said) > width;
        if (isCut) expect(textOf(cut).endsWith('…')).toBe(true);
        else expect(textOf(cut).trimEnd()).toBe(textOf(said));
      }),
    );
  });

  test('wrapping keeps every character but blanks, and fits', () => {
    fc.assert(
      fc.property(shown, fc.integer({ min: 2, max: 20 }), (text, width) => {
        const parts = wrapped(text, width);
        for (const part of parts) expect(lineWidth(part)).toBeLessThanOrEqual(width);
        expect(parts.map(textOf).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('syntax', () => {
  const paintOf = (text: string, language: 'elixir' | 'docker', part: string) => {
    return colouredCode(text, language).find((one) => one.text === part);
  };

  test('colours never change the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('elixir', 'docker', 'plain'), (text, language) => {
        expect(textOf(colouredCode(text, language))).toBe(text);
      }),
    );
  });

  test('Elixir', () => {
    const code = 'config :shop, Shop.Repo, pool_size: 10, url: "ecto://#{host}" # why';
    expect(paintOf(code, 'elixir', 'config')).toMatchObject({ color: 'magenta' });
    expect(paintOf(code, 'elixir', ':shop')).toMatchObject({ color: 'cyan' });
    expect(paintOf(code, 'elixir', 'Shop.Repo')).toMatchObject({ bold: true });
    expect(paintOf(code, 'elixir', 'pool_size:')).toMatchObject({ color: 'cyan' });
    expect(paintOf(code, 'elixir', '10')).toMatchObject({ color: 'blue' });
    expect(paintOf(code, 'elixir', '"ecto://#{host}"')).toMatchObject({ color: 'green' });
    expect(paintOf(code, 'elixir', '# why')).toMatchObject({ dim: true });
  });

  test('a word that only begins like a keyword has no colour', () => {
    expect(colouredCode('domain = endless', 'elixir')).toEqual([{ text: 'domain = endless' }]);
  });

  test('Dockerfile', () => {
    const code = 'FROM hexpm/elixir:1.18 AS build';
    expect(paintOf(code, 'docker', 'FROM')).toMatchObject({ color: 'magenta' });
    expect(paintOf(code, 'docker', 'AS')).toMatchObject({ color: 'magenta' });
    expect(paintOf('ARG TAG=$VERSION', 'docker', '$VERSION')).toMatchObject({ color: 'cyan' });
  });

  test.each([
    ['mix.exs', 'elixir'],
    ['lib/a/b.ex', 'elixir'],
    ['Dockerfile', 'docker'],
    ['deploy/Dockerfile.web', 'docker'],
    ['fly.toml', 'plain'],
  ])('%s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });

  test('a line of a megabyte is coloured without a stack of work', () => {
    const long = `config :shop, x: "${'a'.repeat(1_000_000)}"`;
    expect(textOf(colouredCode(long, 'elixir'))).toBe(long);
  });
});

describe('changed words', () => {
  test('are marked, and the rest of the line is not', () => {
    const text = 'pool_size: 20, ssl: true';
    const parts = marked([span(text)], changedWords(text, 'pool_size: 10, ssl: true'));
    expect(parts.filter(({ inverse }) => inverse).map((part) => part.text)).toEqual(['20']);
    expect(textOf(parts)).toBe(text);
  });

  test('a line that is new as a whole has none', () => {
    expect(changedWords('entirely other', 'nothing alike')).toEqual([]);
    expect(changedWords('new', null)).toEqual([]);
  });

  test('marking never changes the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        expect(textOf(marked(colouredCode(text, 'elixir'), changedWords(text, other)))).toBe(text);
      }),
    );
  });
});

describe('the look', () => {
  test.each([
    [{ LANG: 'de_DE.UTF-8' }, { color: true, unicode: true }],
    [
      { LANG: 'de_DE.utf8', NO_COLOR: '1' },
      { color: false, unicode: true },
    ],
    [
      { LANG: 'de_DE.UTF-8', NO_COLOR: '' },
      { color: true, unicode: true },
    ],
    [
      { LANG: 'de_DE.UTF-8', LC_ALL: 'C' },
      { color: true, unicode: false },
    ],
    [{}, { color: true, unicode: false }],
    [
      { TERM: 'dumb', LANG: 'C.UTF-8' },
      { color: false, unicode: true },
    ],
  ])('of %o', (env, look) => {
    expect(lookOf(env)).toEqual(look);
  });

  test('ASCII keeps every character as something that can be read', () => {
    expect(asciiText('a → b … 漢')).toBe('a -> b ~ \\u{6f22}');
  });

  test('without colours a line keeps bold and reverse', () => {
    const line = [span('a', { color: 'red', bold: true }), span('b', { color: 'green' })];
    expect(drawn(line, 10, { color: false, unicode: true })).toBe('\x1b[1ma\x1b[0mb');
  });
});

describe('the painter', () => {
  test('what is seen is the last frame, whatever was before it', () => {
    const frame = fc.array(fc.string({ unit: fc.constantFrom(...'ab '), maxLength: 10 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1 }), (frames) => {
        const screen = new Screen(10, 5);
        const painter = new Painter(screen);
        painter.enter();
        for (const rows of frames) painter.paint(rows.join('\n'));
        const last = frames.at(-1) ?? [];
        expect(screen.lines).toEqual(Array.from({ length: 5 }, (_, at) => (last[at] ?? '').trimEnd()));
      }),
    );
  });

  test('rows that stay are not written again', () => {
    const written: string[] = [];
    const painter = new Painter({ write: (text) => written.push(text) });
    painter.enter();
    painter.paint('same\nold');
    painter.paint('same\nnew');
    expect(written.at(-1)).toContain('new');
    expect(written.at(-1)).not.toContain('same');
  });

  test('a frame that comes while another program has the screen is shown afterwards', () => {
    const screen = new Screen(10, 3);
    const painter = new Painter(screen);
    painter.enter();
    painter.leave();
    painter.paint('later');
    expect(screen.text).not.toContain('later');
    painter.enter();
    expect(screen.lines[0]).toBe('later');
  });
});
