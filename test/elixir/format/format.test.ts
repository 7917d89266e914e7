import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormatOptions, format, isFormatted } from '../../../src/elixir/format/format.ts';

const folder = new URL('../../../fixtures/format/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const subjects = readdirSync(folder).flatMap((file) => /^(.+)\.written\.ex$/.exec(file)?.[1] ?? []);
const hasElixir = spawnSync('elixir', ['--version']).status === 0;

function formatted(text: string, options?: FormatOptions): string {
  const result = format(text, options);
  return result.ok ? result.text : `refused: ${result.refusal.kind} in line ${result.refusal.line}`;
}

describe('what somebody wrote', () => {
  it.each(subjects)('is laid out as mix format does: %s', (subject) => {
    expect(formatted(read(`${subject}.written.ex`))).toBe(read(`${subject}.formatted.ex`));
  });

  it.each(subjects)('stays as it is once it is formatted: %s', (subject) => {
    expect(isFormatted(read(`${subject}.formatted.ex`))).toBe(true);
    expect(isFormatted(read(`${subject}.written.ex`))).toBe(false);
  });

  it('keeps the line ends that it has', () => {
    expect(formatted('a\r\n\r\n\r\nb(  )\r\n')).toBe('a\r\n\r\nb()\r\n');
  });

  it('may be nothing', () => {
    expect(formatted('')).toBe('');
    expect(formatted('\n \n')).toBe('');
    expect(formatted('# only this')).toBe('# only this\n');
  });
});

describe('options', () => {
  it('name the calls that take no parentheses', () => {
    expect(formatted('field :name, :string')).toBe('field(:name, :string)\n');
    expect(formatted('field :name, :string', { localsWithoutParens: ['field/2'] })).toBe('field :name, :string\n');
    expect(formatted('field :name', { localsWithoutParens: ['field/2'] })).toBe('field(:name)\n');
    expect(formatted('field :name', { localsWithoutParens: ['field/*'] })).toBe('field :name\n');
  });

  it('set the length of a line', () => {
    expect(formatted('greet(user, cart)', { lineLength: 16 })).toBe('greet(\n  user,\n  cart\n)\n');
    expect(formatted('greet(user, cart)', { lineLength: 17 })).toBe('greet(user, cart)\n');
  });

  it('lets the comma behind an argument of a function stand beyond the line', () => {
    const text = 'fn {key, value, other}, sum ->\n  a\n  b\nend\n';
    expect(formatted(text, { lineLength: 22 })).toBe(text.replace(', sum', ',\n   sum'));
    expect(formatted(text, { lineLength: 21 })).toBe(
      text.replace('other', '\n    other').replace(', \n', ',\n').replace(', sum', ',\n   sum'),
    );
  });

  it('counts what a reader sees, not how it is stored', () => {
    expect(formatted('greet("👩‍👩‍👧", é)', { lineLength: 13 })).toBe('greet("👩‍👩‍👧", é)\n');
  });
});

describe('a refusal', () => {
  it('says that the text does not parse, and where', () => {
    expect(format('a\nb(\n')).toMatchObject({ ok: false, refusal: { kind: 'syntax' } });
    expect(isFormatted('b(')).toBe(false);
  });
});

describe('any width', () => {
  it.each(subjects)('gives a text that stays as it is: %s', (subject) => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 130 }), (lineLength) => {
        const once = formatted(read(`${subject}.written.ex`), { lineLength });
        expect(formatted(once, { lineLength })).toBe(once);
      }),
      { numRuns: 20 },
    );
  });

  it.skipIf(!hasElixir)('gives what Elixir gives (skipped without elixir)', () => {
    const widths = [20, 30, 40, 60, 80, 98, 120];
    const script = `
      for file <- System.argv(), width <- ${JSON.stringify(widths)} do
        text = file |> File.read!() |> Code.format_string!(line_length: width)
        IO.puts([text, "\\n-----"])
      end`;
    const files = subjects.map((subject) => new URL(`${subject}.written.ex`, folder).pathname);
    const { stdout } = spawnSync('elixir', ['-e', script, ...files], { encoding: 'utf8' });
    const theirs = stdout.split('\n-----\n').slice(0, -1);
    const ours = subjects.flatMap((subject) =>
      widths.map((lineLength) => formatted(read(`${subject}.written.ex`), { lineLength }).trimEnd()),
    );
    expect(ours).toEqual(theirs);
  });
});
