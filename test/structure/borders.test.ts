import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/**
 * The folders of `src/` in the order of the flow. A file imports from its own folder and from rows above it, not even a
 * type from elsewhere. Folders of one row know nothing of each other. A new folder needs a place here, and a line in the
 * table of docs/ARCHITECTURE.md.
 */
const order: readonly (readonly string[])[] = [
  ['errors'],
  ['elixir'],
  ['templates'],
  ['toml'],
  ['docker'],
  ['project'],
  ['packages'],
  ['pristine'],
  ['facts'],
  ['topics'],
  ['symbols'],
  ['rewrites'],
  ['diff'],
  ['merge'],
  ['findings'],
  ['generated'],
  ['plan'],
  ['apply'],
  ['library'],
  ['report', 'tui'],
  ['cli'],
];

/** Only these read or write files and start processes; the others take values and give values. */
const impure = new Set(['project', 'packages', 'pristine', 'apply', 'library', 'cli']);

const doors = /^(?:node:(?:fs|fs\/promises|child_process|net|http|https|dns|worker_threads)|execa|simple-git)$/;

const src = join(root, 'src');
const folders = readdirSync(src, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const known = order.flat().filter((folder) => folders.includes(folder));

interface Import {
  readonly from: string;
  readonly specifier: string;
}

function importsOf(folder: string): Import[] {
  const files = readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file))
    .flatMap((from) => {
      const text = readFileSync(join(src, from), 'utf8');
      return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map(([, specifier = '']) => ({
        from,
        specifier,
      }));
    });
}

/** The folder of `src/` that a relative import leads to. */
const target = ({ from, specifier }: Import) => join(from, '..', specifier).split('/')[0] ?? '';

const shown = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

describe('imports go one way', () => {
  test('each folder has its place', () => {
    expect(folders.filter((folder) => !known.includes(folder))).toEqual([]);
  });

  test('the table in docs/ARCHITECTURE.md has them in this order', () => {
    const text = readFileSync(join(root, 'docs/ARCHITECTURE.md'), 'utf8');
    expect([...text.matchAll(/^\| `(\w+)\/` \|/gm)].map(([, folder]) => folder)).toEqual(known);
  });

  test.each(known)('%s', (folder) => {
    const above = order
      .slice(
        0,
        order.findIndex((row) => row.includes(folder)),
      )
      .flat();
    const allowed = new Set([folder, ...above]);
    const relative = importsOf(folder).filter(({ specifier }) => specifier.startsWith('.'));
    expect(relative.length).toBeGreaterThan(0);
    expect(relative.filter((one) => !allowed.has(target(one))).map(shown)).toEqual([]);
  });

  test.each(known.filter((folder) => !impure.has(folder)))('%s touches neither disk nor processes', (folder) => {
    expect(
      importsOf(folder)
        .filter(({ specifier }) => doors.test(specifier))
        .map(shown),
    ).toEqual([]);
  });
});
