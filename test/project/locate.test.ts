import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locateProject } from '../../src/project/locate.ts';
import { scratch } from '../support/pristine.ts';

/** A directory with these directories, and a mix.exs in some of them. */
function tree(projects: readonly string[], others: readonly string[] = []): string {
  const root = scratch('locate');
  for (const path of [...projects, ...others]) mkdirSync(join(root, path), { recursive: true });
  for (const path of projects) writeFileSync(join(root, path, 'mix.exs'), '');
  return root;
}

describe('the project that a path means', () => {
  test('is the one that it lies in', () => {
    const root = tree(['ferry'], ['ferry/assets/js', 'ferry/lib/ferry_web']);
    for (const path of ['ferry', 'ferry/assets/js', 'ferry/lib/ferry_web']) {
      expect(locateProject(join(root, path))).toBe(join(root, 'ferry'));
    }
  });

  test('is the umbrella, from anywhere in it', () => {
    const root = tree(['docks', 'docks/apps/docks_web'], ['docks/apps/docks_web/lib', 'docks/config']);
    for (const path of ['docks/apps', 'docks/apps/docks_web/lib', 'docks/config']) {
      expect(locateProject(join(root, path))).toBe(join(root, 'docks'));
    }
  });

  test('is the only one below, and none beyond the top of the repository', () => {
    const root = tree(['', 'mono/backend'], ['mono/.git', 'mono/web', 'lone/.git']);
    expect(locateProject(join(root, 'mono'))).toBe(join(root, 'mono/backend'));
    expect(() => locateProject(join(root, 'lone'))).toThrow(expect.objectContaining({ code: 'no-mix-exs' }));
  });
});
