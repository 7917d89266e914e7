import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import { ProjectHost } from '../../src/cli/walk/host.ts';
import { openUpgrade } from '../../src/library/open.ts';
import { ownSurroundings } from '../../src/library/surroundings.ts';
import { scratch } from '../support/pristine.ts';
import { bindery } from './bindery.ts';
import { committed, git } from './built.ts';

/** A walk's host for a project, whose editor is a script that rewrites the file named last. */
async function hostFor(project: string, script = 'exit 1') {
  const editor = join(scratch('editor'), 'editor');
  writeFileSync(editor, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const open = () => openUpgrade(project, { source: 'snapshots' }, ownSurroundings());
  const context = { machine: localMachine(), root: project, cache: scratch('cache') };
  const progressFile = join(scratch('progress'), 'walks/one.json');
  const upgrade = await open();
  return { host: new ProjectHost({ upgrade, open, context, editor, progressFile }), upgrade, progressFile };
}

test('steps are applied one after another, also to a file that the walk has just written, and undone', async () => {
  const project = committed('walk', bindery);
  const { host } = await hostFor(project);
  const first = await host.apply(['elixir-requirement']);
  expect(first).toMatchObject({ ok: true });
  expect(first.plan.steps.find(({ id }) => id === 'elixir-requirement')?.status).toBe('done');
  expect(await host.apply(['phoenix-1-8'])).toMatchObject({ ok: true });
  const both = readFileSync(join(project, 'mix.exs'), 'utf8');
  expect(both).not.toContain('"~> 1.12"');
  expect(both).not.toContain('{:phoenix, "~> 1.6.6"}');
  expect(await host.undo()).toMatchObject({ ok: true });
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toContain('{:phoenix, "~> 1.6.6"}');
});

test('a file with changes of the user is refused', async () => {
  const project = committed('walk', bindery);
  writeFileSync(join(project, 'mix.exs'), `# ours\n${bindery['mix.exs']}`);
  const { host } = await hostFor(project);
  await expect(host.apply(['elixir-requirement'])).rejects.toMatchObject({ code: 'dirty-worktree' });
});

test('a step is left out for good with its reason, and offered again', async () => {
  const project = committed('walk', bindery);
  const { host } = await hostFor(project);
  const skipped = await host.skipForever('elixir-requirement', 'the platform sets it');
  expect(skipped.plan.steps.map(({ id }) => id)).not.toContain('elixir-requirement');
  expect(JSON.parse(readFileSync(join(project, '.phx-upgrade.json'), 'utf8'))).toEqual({
    ignore: { steps: { 'elixir-requirement': 'the platform sets it' } },
  });
  const offered = await host.unskip('elixir-requirement');
  expect(offered.plan.steps.map(({ id }) => id)).toContain('elixir-requirement');
  expect(existsSync(join(project, '.phx-upgrade.json'))).toBe(false);
});

test('a conflict settled with yours is not offered again, and undo brings it back', async () => {
  const project = committed('walk', bindery);
  const { host, upgrade } = await hostFor(project);
  const conflict = upgrade.plan.steps.find(({ status }) => status === 'conflict')?.id ?? '';
  const settled = await host.resolve(conflict, ['yours']);
  expect(settled.plan.steps.map(({ id }) => id)).not.toContain(conflict);
  expect((await host.undo()).plan.steps.map(({ id }) => id)).toContain(conflict);
});

test('what the editor leaves is written when it parses, and only then', async () => {
  const project = committed('walk', bindery);
  const good = await hostFor(project, 'echo "# bound by hand" >> "$1"');
  expect(await good.host.edit('elixir-requirement', 'mix.exs')).toMatchObject({ ok: true });
  const text = readFileSync(join(project, 'mix.exs'), 'utf8');
  expect(text).toMatch(/# bound by hand\n$/);
  expect(text).not.toContain('"~> 1.12"');
  await good.host.undo();
  const bad = await hostFor(project, 'echo "deps)" >> "$1"');
  expect(await bad.host.edit('elixir-requirement', 'mix.exs')).toMatchObject({ ok: false });
  const none = await hostFor(project);
  expect(await none.host.edit('elixir-requirement', 'mix.exs')).toMatchObject({ ok: false });
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('lines are counted from one, and end with the file', async () => {
  const { host } = await hostFor(committed('walk', bindery));
  expect(await host.lines('config/dev.exs', 3, 99)).toEqual([
    'config :bindery, BinderyWeb.Endpoint, http: [port: 4040], check_origin: false',
  ]);
  expect(await host.lines('config/none.exs', 1, 2)).toEqual([]);
});

test('commands run with their exit code, and no shell', async () => {
  const { host } = await hostFor(committed('walk', bindery));
  expect(await host.run('git --version')).toBe(0);
  expect(await host.run('git no-such-command')).not.toBe(0);
  expect(await host.run('git --version | cat')).toBe(127);
});
