import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRules } from '../../../src/findings/deployment/rules.ts';
import { topicById } from '../../../src/topics/catalogue.ts';
import { readTree } from '../../support/pristine.ts';
import { carriedOut, caseTree, changedTexts, findingLines, fixtures, observe } from './fixture.ts';

const cases = readdirSync(fixtures).filter((name) => name !== 'clean');
const lines = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []);

describe('a project with one fault', () => {
  test.each(cases)('%s is found at its line, and mended as expected', (name) => {
    const tree = caseTree(name);
    const seen = observe(tree);
    expect(findingLines(seen)).toEqual(lines(join(fixtures, name, 'findings.txt')));
    const changed = changedTexts(tree, carriedOut(tree, seen));
    const expected = existsSync(join(fixtures, name, 'expected')) ? readTree(join(fixtures, name, 'expected')) : null;
    const deleted = lines(join(fixtures, name, 'deleted.txt')).map((path) => [path, null] as const);
    const wanted = (expected?.paths ?? []).map((path) => [path, expected?.read(path)] as const);
    expect(Object.fromEntries(changed)).toEqual(Object.fromEntries([...wanted, ...deleted]));
  });

  test('every rule has a case', () => {
    const shown = new Set(
      cases.flatMap((name) => lines(join(fixtures, name, 'findings.txt')).map((line) => line.split(' ')[0])),
    );
    expect(projectRules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  test('every rule has an id of its own and a topic of the catalogue', () => {
    expect(new Set(projectRules.map(({ id }) => id)).size).toBe(projectRules.length);
    expect(projectRules.filter(({ topic }) => topicById(topic) === undefined)).toEqual([]);
  });

  test('once mended, what was mended is no longer found', () => {
    for (const name of cases) {
      const tree = caseTree(name);
      const after = observe(carriedOut(tree, observe(tree)));
      const offered = after.filter(({ operations }) => operations.length > 0).map(({ id }) => id);
      expect(offered, name).toEqual([]);
    }
  });
});

test('a script that may not run may run once it is mended, its text as it was', () => {
  const tree = caseTree('overlay-mode');
  const mended = carriedOut(tree, observe(tree));
  const script = 'rel/overlays/bin/migrate';
  expect([tree.executable(script), mended.executable(script)]).toEqual([false, true]);
  expect(mended.read(script)).toBe(tree.read(script));
});

test('a clean project gives no finding', () => {
  expect(findingLines(observe(caseTree('clean')))).toEqual([]);
});

test('a Dockerfile that starts nothing is the base of other images', () => {
  const tree = caseTree('clean');
  const base = 'FROM elixir:1.18.4\nRUN mix local.hex --force\n';
  const read = (path: string) => (path === 'Dockerfile' ? base : tree.read(path));
  expect(observe({ ...tree, read }).map(({ id }) => id)).toEqual([]);
});
