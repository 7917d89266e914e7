import { describe, expect, test } from 'vitest';
import { git } from './built.ts';
import { fixtureNames, repository, treeOf } from './fixture.ts';
import { phxUpgrade } from './program.ts';

describe.each(fixtureNames)('%s', (name) => {
  test('apply --all leaves nothing safe to do, and undo restores every byte and mode', async () => {
    const directory = repository(name);
    const before = treeOf(directory);
    expect((await phxUpgrade(['apply', '--all', '--source', 'snapshots'], directory)).code).toBe(2);
    expect(treeOf(directory)).not.toEqual(before);
    const { steps } = JSON.parse((await phxUpgrade(['plan', '--json', '--source', 'snapshots'], directory)).stdout);
    const safe = steps.filter(
      (step: { status: string; risk: string }) => step.status === 'pending' && step.risk === 'safe',
    );
    expect(safe.map(({ id }: { id: string }) => id)).toEqual([]);
    expect((await phxUpgrade(['undo'], directory)).code).toBe(0);
    expect(treeOf(directory)).toEqual(before);
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  test('the order in which steps are asked for makes no difference', async () => {
    const [one, other] = [repository(name), repository(name)];
    const { steps } = JSON.parse((await phxUpgrade(['plan', '--json', '--source', 'snapshots'], one)).stdout);
    const ids = steps
      .filter((step: { status: string }) => step.status === 'pending')
      .map(({ id }: { id: string }) => id)
      .filter((_: string, index: number) => index % 2 === 0);
    const apply = async (directory: string, wanted: readonly string[]) =>
      (await phxUpgrade(['apply', '--source', 'snapshots', ...wanted.flatMap((id) => ['--step', id])], directory)).code;
    expect(await apply(one, ids)).toBe(await apply(other, [...ids].reverse()));
    expect(treeOf(other)).toEqual(treeOf(one));
  });
});
