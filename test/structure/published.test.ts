import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The packages that a built file asks for at run time. */
function packagesIn(file: string): string[] {
  const text = readFileSync(join(dist, file), 'utf8');
  const specifiers = [...text.matchAll(/(?<!\.)\b(?:from|import)\s*\(?\s*["']([\w@][^"'\s]*)["']/g)].map(
    ([, name = '']) => name,
  );
  return specifiers.filter((name) => !isBuiltin(name)).map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
}

test('every dependency is one that the bundle asks for, and the other way round', () => {
  const asked = new Set(files.filter((file) => file.endsWith('.js')).flatMap(packagesIn));
  expect([...asked].sort()).toEqual(Object.keys(dependencies).sort());
});

test('types are one file that needs nothing beside it', () => {
  expect(files.filter((file) => file.endsWith('.d.ts'))).toEqual(['index.d.ts']);
  expect(packagesIn('index.d.ts')).toEqual([]);
});
