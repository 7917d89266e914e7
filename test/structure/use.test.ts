import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/errors/catalogue.ts';

const root = resolve(import.meta.dirname, '../..');
const own = textsIn('src', 'scripts', 'bench');
const tests = textsIn('test');

function textsIn(...directories: readonly string[]): ReadonlyMap<string, string> {
  const paths = directories.flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' }).map((path) => join(directory, path)),
  );
  const code = paths.filter((path) => /\.(?:tsx?|mjs)$/.test(path));
  return new Map(code.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const mentions = (text: string, word: string) => text.split(new RegExp(`(?<![\\w$-])${word}(?![\\w$-])`)).length - 1;

/** Whether a file other than the given one has the word. */
function isNamedBeside(path: string, word: string, texts = own): boolean {
  return [...texts].some(([other, text]) => other !== path && mentions(text, word) > 0);
}

/** What only its own file needs is exported to be tested, or not at all; what only tests need is not there. */
function isNeeded(path: string, word: string): boolean {
  const inside = mentions(own.get(path) ?? '', word) > 1;
  return isNamedBeside(path, word) || (inside && isNamedBeside(path, word, tests));
}

const exporting = [...own.keys()].filter((path) => path.startsWith('src/') && path !== 'src/index.ts');

describe('nothing is left over', () => {
  test.each(exporting)('exported by %s', (path) => {
    const exported = [...(own.get(path) ?? '').matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)];
    const unused = exported.flatMap(([, name = '']) => (isNeeded(path, name) ? [] : [name]));
    expect(unused).toEqual([]);
  });

  test.each(Object.keys(catalogue))('error %s', (code) => {
    expect(isNamedBeside('src/errors/catalogue.ts', code)).toBe(true);
  });
});
