import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bindery } from './bindery.ts';
import { committed, contents, git, written } from './built.ts';
import { phxUpgrade } from './program.ts';

const fast = ['--source', 'snapshots'];
const elixir = ['apply', '--step', 'elixir-requirement', ...fast];

test('apply carries out a step, plan has it no more, and undo restores every byte', async () => {
  const project = committed('apply', bindery);
  const before = contents(project);
  const { code, stdout } = await phxUpgrade(elixir, project);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Applied 1 step in 1 file\n/);
  expect(git(project, 'status', '--porcelain')).toBe(' M mix.exs\n');
  const undone = await phxUpgrade(['undo', '--json'], project);
  expect(undone.code).toBe(0);
  expect(JSON.parse(undone.stdout).files).toEqual(['mix.exs']);
  expect(contents(project)).toEqual(before);
});

test('apply takes along what a step comes after, and says so', async () => {
  const project = committed('brought', bindery);
  const { code, stdout, stderr } = await phxUpgrade(['apply', '--step', 'phoenix-1-8', ...fast], project);
  expect([0, 2]).toContain(code);
  expect(stdout).toContain('elixir-requirement');
  expect(stderr).toContain('Also applying prerequisites: elixir-requirement');
});

test('apply --all does all that is safe; twice changes nothing more', async () => {
  const project = committed('all', bindery);
  const first = await phxUpgrade(['apply', '--all', '--json', ...fast], project);
  const { applied, left } = JSON.parse(first.stdout);
  expect(first.code).toBe(left.length > 0 ? 2 : 0);
  expect(applied.length).toBeGreaterThan(0);
  const after = contents(project);
  const again = JSON.parse((await phxUpgrade(['apply', '--all', '--allow-dirty', '--json', ...fast], project)).stdout);
  expect(again.written).toEqual([]);
  expect(contents(project)).toEqual(after);
});

test('apply --dry-run prints the patch and writes nothing', async () => {
  const project = committed('dry', bindery);
  const before = contents(project);
  const { stdout } = await phxUpgrade([...elixir, '--dry-run'], project);
  expect(stdout).toMatch(/^diff --git a\/mix\.exs b\/mix\.exs\n/);
  expect(contents(project)).toEqual(before);
});

test('apply --commit makes one commit for each step on a new branch, and undo takes it off', async () => {
  const project = committed('commit', bindery);
  const { code } = await phxUpgrade([...elixir, '--commit', '--branch', 'phoenix'], project);
  expect(code).toBe(0);
  expect(git(project, 'symbolic-ref', '--short', 'HEAD')).toBe('phoenix\n');
  expect(git(project, 'log', '--format=%s').split('\n')).toHaveLength(3);
  expect(git(project, 'status', '--porcelain')).toBe('');
  expect((await phxUpgrade(['undo'], project)).code).toBe(0);
  expect(git(project, 'symbolic-ref', '--short', 'HEAD')).toBe('main\n');
});

test('apply --stepwise goes from minor to minor', async () => {
  const project = committed('stepwise', bindery);
  // Phoenix 1.7 runs on the Elixir that the project asks for, 1.8 does not.
  const steps = ['--step', 'elixir-of-new-apps', 'elixir-requirement'];
  const { stdout } = await phxUpgrade(['apply', ...steps, ...fast, '--stepwise', '--commit'], project);
  expect(stdout.match(/✓ \S+/g)).toEqual(['✓ elixir-of-new-apps', '✓ elixir-requirement']);
  expect(git(project, 'log', '--format=%s').trim().split('\n')).toHaveLength(3);
});

test('apply leaves what needs a person, and ends with 2', async () => {
  const project = committed('person', bindery);
  const { steps } = JSON.parse((await phxUpgrade(['plan', '--json', ...fast], project)).stdout);
  const manual = steps.find(({ status }: { status: string }) => status === 'manual');
  const { code, stdout } = await phxUpgrade(['apply', '--step', manual.id, ...fast], project);
  expect(code).toBe(2);
  expect(stdout).toContain('Left for you');
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('apply --run runs the commands of the steps one by one, and stops at the first that fails', async () => {
  const project = committed('run', bindery);
  const { code, stderr } = await phxUpgrade(['apply', '--step', 'phoenix-1-8', '--run', ...fast], project);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^\$ mix deps/m);
});

test('apply works without git, and says that undo is the only way back', async () => {
  const project = written('bare', bindery);
  const { code, stderr } = await phxUpgrade(elixir, project);
  expect(code).toBe(0);
  expect(stderr).toContain('There is no git here');
  expect((await phxUpgrade(['undo'], project)).code).toBe(0);
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toBe(bindery['mix.exs']);
});

test('apply refuses a file with uncommitted changes with 5, and takes it with --allow-dirty', async () => {
  const project = committed('dirty', bindery);
  writeFileSync(join(project, 'mix.exs'), `# ours\n${bindery['mix.exs']}`);
  const refused = await phxUpgrade([...elixir, '--json'], project);
  expect(refused.code).toBe(5);
  expect(JSON.parse(refused.stdout).error).toMatchObject({ code: 'dirty-worktree', exit: 5 });
  const { code, stdout } = await phxUpgrade([...elixir, '--allow-dirty'], project);
  expect(code).toBe(0);
  expect(stdout).toContain('Copies of files with uncommitted changes');
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toMatch(/^# ours\n/);
});

test('an apply that was cut off is named by other commands, and taken back with --abort', async () => {
  const project = committed('cut-off', bindery);
  await phxUpgrade(elixir, project);
  // What a process leaves that was killed before it could end its journal.
  const journals = join(project, '.git/phx-upgrade');
  const last = git(project, 'rev-parse', '--git-path', 'phx-upgrade') && lastJournal(journals);
  writeFileSync(join(journals, 'unfinished.json'), readFileSync(last));
  const plan = await phxUpgrade(['plan', ...fast], project);
  expect(plan.stderr).toContain('phx-upgrade apply --resume');
  expect(await phxUpgrade(elixir, project)).toMatchObject({ code: 5 });
  expect((await phxUpgrade(['apply', '--abort'], project)).code).toBe(0);
  expect(git(project, 'status', '--porcelain')).toBe('');
  expect(existsSync(join(journals, 'unfinished.json'))).toBe(false);
  expect(await phxUpgrade(['apply', '--resume'], project)).toMatchObject({ code: 4 });
});

function lastJournal(journals: string): string {
  const [name = ''] = Object.keys(contents(journals)).filter((path) => /^last-.*\.json$/.test(path));
  return join(journals, name);
}
