import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { scratch } from '../support/pristine.ts';
import { build, git, phxUpgrade } from './built.ts';

const projects = resolve(import.meta.dirname, '../../fixtures/projects');

beforeAll(build);

/** A fresh copy of a fixture project in a repository of its own. */
function repository(name: string): string {
  const directory = scratch(name);
  cpSync(join(projects, name), directory, { recursive: true });
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message', 'As it was');
  return directory;
}

/** Every file outside git's own directory with its bytes and mode. */
function contents(directory: string): [string, string, number][] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^\.git(\/|$)/.test(relative(directory, entry.parentPath)))
    .map((entry): [string, string, number] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(directory, path), readFileSync(path, 'base64'), statSync(path).mode];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe.each(['atelier', 'shop', 'bazaar'])('%s', (name) => {
  test('apply --all leaves nothing safe to do, and undo restores every byte and mode', () => {
    const directory = repository(name);
    const before = contents(directory);
    expect(phxUpgrade(['apply', '--all', '--source', 'snapshots'], directory).code).toBe(2);
    expect(contents(directory)).not.toEqual(before);
    const { steps } = JSON.parse(phxUpgrade(['plan', '--json', '--source', 'snapshots'], directory).stdout);
    const safe = steps.filter(
      (step: { status: string; risk: string }) => step.status === 'pending' && step.risk === 'safe',
    );
    expect(safe.map(({ id }: { id: string }) => id)).toEqual([]);
    expect(phxUpgrade(['undo'], directory).code).toBe(0);
    expect(contents(directory)).toEqual(before);
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  test('the order in which steps are asked for makes no difference', () => {
    const [one, other] = [repository(name), repository(name)];
    const { steps } = JSON.parse(phxUpgrade(['plan', '--json', '--source', 'snapshots'], one).stdout);
    const ids = steps
      .filter((step: { status: string }) => step.status === 'pending')
      .map(({ id }: { id: string }) => id)
      .filter((_: string, index: number) => index % 2 === 0);
    const apply = (directory: string, wanted: readonly string[]) =>
      phxUpgrade(['apply', '--source', 'snapshots', ...wanted.flatMap((id) => ['--step', id])], directory).code;
    expect(apply(one, ids)).toBe(apply(other, [...ids].reverse()));
    expect(contents(other)).toEqual(contents(one));
  });
});
