import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sourceRoot = join(import.meta.dirname, '../../src');

/** The regular expressions of a source file, as far as they are written as literals. */
function literals(text: string): RegExp[] {
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const found = code.matchAll(
    /(?<=[=(,:;!&|?{}[>\n]\s*)\/((?![*/])(?:\[(?:\\.|[^\]\\\n])*\]|\\.|[^/\\\n[])+)\/([dgimsuvy]*)/g,
  );
  return [...found].flatMap(([, source = '', flags = '']) => {
    try {
      return [new RegExp(source, flags.replace(/[gy]/g, ''))];
    } catch {
      // A division or a path in a text.
      return [];
    }
  });
}

const expressions = readdirSync(sourceRoot, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) =>
    literals(readFileSync(join(sourceRoot, path), 'utf8')).map((expression) => ({ path, expression })),
  );

/** Runs of what expressions repeat, and an end that none of them expects. */
const runs = [
  ' ',
  'a',
  '1',
  '/',
  '.',
  '-',
  '_',
  '"',
  "'",
  '(',
  '[',
  '{',
  '<',
  '\t',
  '\n',
  '\r\n',
  'a.',
  'a,',
  '--',
  '${',
  '\\',
  'a=',
  'a:',
  ': ',
  '#',
  '*',
  '|',
  '=',
  '~',
  '@',
];

/** The words that an expression begins with, so that a run behind them reaches what it repeats. */
function beginning({ source }: RegExp): string {
  const plain = /^\^?(?:\((?:\?(?:[:=!]|<\w+>))?|\\b)*((?:[\w "':=-]|\\[./(){}[\]$*+?|\\^])*)/.exec(source)?.[1] ?? '';
  return plain.replace(/\\(.)/g, '$1');
}

test('the expressions of the sources are found', () => {
  expect(expressions.length).toBeGreaterThan(300);
  expect(beginning(/^(?:msgid "a+)+$/)).toBe('msgid "a');
});

// No time is measured: with backtracking of any but a small power, these would not end within the test's limit.
test.each(runs)('%j, thousands of times over, is no trap for any of them', { timeout: 120_000 }, (run) => {
  for (const length of [30, 300, 5000]) {
    const end = `${run.repeat(length)}\u0001`;
    for (const { expression } of expressions) {
      expression.test(end);
      expression.test(beginning(expression) + end);
    }
  }
});
