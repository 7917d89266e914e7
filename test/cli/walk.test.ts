import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import { ProjectHost } from '../../src/cli/walk/host.ts';
import { openUpgrade } from '../../src/library/open.ts';
import { ownEnvironment } from '../../src/library/run-environment.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Outcome, WrittenDecision } from '../../src/tui/host.ts';
import { scratch } from '../support/pristine.ts';
import { bindery } from './bindery.ts';
import { committed, git } from './built.ts';
import { repository, treeOf } from './fixture.ts';

/** A walk's host for a project, whose editor is a script that rewrites the file named last. */
async function hostFor(project: string, script = 'exit 1') {
  const editor = join(scratch('editor'), 'editor');
  writeFileSync(editor, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const open = () => openUpgrade(project, { source: 'snapshots' }, ownEnvironment());
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
  expect(await host.undo({ kind: 'apply', steps: ['phoenix-1-8'] })).toMatchObject({ ok: true });
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toContain('{:phoenix, "~> 1.6.6"}');
  expect(await host.undo({ kind: 'apply', steps: ['elixir-requirement'] })).toMatchObject({ ok: true });
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toBe(bindery['mix.exs']);
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('a walk that is taken up again goes on with files that it wrote before, and takes its decisions back', async () => {
  const project = committed('walk', bindery);
  const first = await hostFor(project);
  await first.host.apply(['elixir-requirement']);
  const { host } = await hostFor(project);
  expect(await host.apply(['phoenix-1-8'])).toMatchObject({ ok: true });
  await host.undo({ kind: 'apply', steps: ['phoenix-1-8'] });
  await host.undo({ kind: 'apply', steps: ['elixir-requirement'] });
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('a step that is marked as done no longer stands in the way at once, and the mark is taken back', async () => {
  const project = committed('walk', bindery);
  const { host, upgrade } = await hostFor(project);
  const open = (plan: Plan) => plan.steps.filter(({ status }) => status !== 'done').map(({ id }) => id);
  const marked = await host.markDone('elixir-requirement', 'in the image');
  expect(open(upgrade.plan)).toContain('elixir-requirement');
  expect(open(marked.plan)).not.toContain('elixir-requirement');
  expect(marked.plan.upgrade?.marks).toEqual([{ step: 'elixir-requirement', as: 'done', why: 'in the image' }]);
  const back = await host.undo({ kind: 'mark', step: 'elixir-requirement' });
  expect(open(back.plan)).toContain('elixir-requirement');
  expect(back.plan.upgrade).toBeUndefined();
});

test('what another apply wrote since is not taken back for a decision of the walk', async () => {
  const project = committed('walk', bindery);
  const { host } = await hostFor(project);
  await host.apply(['elixir-requirement']);
  const other = await hostFor(project);
  await other.host.apply(['phoenix-1-8']);
  const both = readFileSync(join(project, 'mix.exs'), 'utf8');
  expect(await host.undo({ kind: 'apply', steps: ['elixir-requirement'] })).toMatchObject({ ok: false });
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toBe(both);
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
  const offered = await host.undo({ kind: 'skip-forever', step: 'elixir-requirement' });
  expect(offered.plan.steps.map(({ id }) => id)).toContain('elixir-requirement');
  expect(existsSync(join(project, '.phx-upgrade.json'))).toBe(false);
});

test('skips for good are taken back one by one, each to the very bytes that the settings had', async () => {
  const settings = '{"ignore": {"paths": {"docs": "ours"}},\n\n  "from": "1.6.16"}\n';
  const project = committed('walk', { ...bindery, '.phx-upgrade.json': settings });
  const { host } = await hostFor(project);
  const written = () => readFileSync(join(project, '.phx-upgrade.json'), 'utf8');
  await host.skipForever('elixir-requirement', 'the platform sets it');
  const once = written();
  await host.skipForever('phoenix-1-8', 'next year');
  await host.undo({ kind: 'skip-forever', step: 'phoenix-1-8' });
  expect(written()).toBe(once);
  await host.undo({ kind: 'skip-forever', step: 'elixir-requirement' });
  expect(written()).toBe(settings);
});

test('a skip for good is taken back alone where the settings were changed since', async () => {
  const project = committed('walk', bindery);
  const { host } = await hostFor(project);
  await host.skipForever('elixir-requirement', 'the platform sets it');
  const steps = { 'elixir-requirement': 'the platform sets it', 'phoenix-1-8': 'by hand' };
  writeFileSync(join(project, '.phx-upgrade.json'), JSON.stringify({ ignore: { steps } }));
  await host.replan({});
  await host.undo({ kind: 'skip-forever', step: 'elixir-requirement' });
  expect(JSON.parse(readFileSync(join(project, '.phx-upgrade.json'), 'utf8'))).toEqual({
    ignore: { steps: { 'phoenix-1-8': 'by hand' } },
  });
});

/** The first step of a plan that is a conflict. */
const conflictOf = ({ steps }: Plan) => steps.find(({ status }) => status === 'conflict');

/** The bindery with compressed files where its config asks for them; the generator switches for each environment by now. */
const gzipped = {
  ...bindery,
  'lib/bindery_web/endpoint.ex':
    bindery['lib/bindery_web/endpoint.ex']?.replace('gzip: false', 'gzip: Application.get_env(:bindery, :gzip)') ??
    null,
};

test('a conflict settled with yours is not offered again, and undo brings it back', async () => {
  const project = committed('walk', gzipped);
  const { host, upgrade } = await hostFor(project);
  const conflict = conflictOf(upgrade.plan)?.id ?? '';
  const settled = await host.resolve(conflict, ['yours']);
  expect(settled.plan.steps.map(({ id }) => id)).not.toContain(conflict);
  expect(git(project, 'status', '--porcelain')).toBe('?? .phx-upgrade.json\n');
  const undone = await host.undo({ kind: 'resolve', step: conflict, choices: ['yours'] });
  expect(undone.plan.steps.map(({ id }) => id)).toContain(conflict);
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('the value of a conflict is taken from the target, and undo puts yours back', async () => {
  const project = repository('shop');
  const endpoint = () => readFileSync(join(project, 'lib/shop_web/endpoint.ex'), 'utf8');
  const before = endpoint();
  const { host } = await hostFor(project);
  const taken = await host.resolve('static-gzip', ['target']);
  expect(taken).toMatchObject({ ok: true });
  expect(taken.plan.steps.find(({ id }) => id === 'static-gzip')?.status).toBe('done');
  expect(endpoint()).toBe(before.replace(/gzip: .*,$/m, 'gzip: not code_reloading?,'));
  const undone = await host.undo({ kind: 'resolve', step: 'static-gzip', choices: ['target'] });
  expect(conflictOf(undone.plan)).toBeDefined();
  expect(endpoint()).toBe(before);
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('what was kept of a step is not offered again when the rest of the step is done', async () => {
  const project = repository('bazaar');
  const { host } = await hostFor(project);
  await host.resolve('req-by-hand', ['yours']);
  const { plan } = await host.apply(['req']);
  const open = plan.steps.filter(({ id, status }) => /^req(-|$)/.test(id) && status !== 'done');
  expect(open).toEqual([]);
  expect(readFileSync(join(project, 'config/prod.exs'), 'utf8')).toContain('Swoosh.ApiClient.Finch');
});

test('decisions of every kind are taken back one by one, to the very bytes', async () => {
  const project = repository('shop');
  const { host, upgrade } = await hostFor(project, 'echo "# by hand" >> "$1"');
  const seen = () => [treeOf(project), git(project, 'status', '--porcelain')];
  const states = [seen()];
  const decide = async (decision: WrittenDecision, deed: Promise<Outcome>) => {
    expect(await deed).toMatchObject({ ok: true });
    states.push(seen());
    return decision;
  };
  const [first, second, third] = upgrade.plan.steps.filter(({ risk, after }) => risk === 'safe' && after.length === 0);
  const ids = [first?.id ?? '', second?.id ?? '', third?.id ?? ''] as const;
  const decisions = [
    await decide({ kind: 'apply', steps: [ids[0]] }, host.apply([ids[0]])),
    await decide({ kind: 'skip-forever', step: 'static-paths' }, host.skipForever('static-paths', 'not ours')),
    await decide(
      { kind: 'resolve', step: 'static-gzip', choices: ['target'] },
      host.resolve('static-gzip', ['target']),
    ),
    await decide({ kind: 'edit', step: ids[1] }, host.edit(ids[1], second?.edits[0]?.path ?? '')),
    await decide({ kind: 'apply', steps: [ids[2]] }, host.apply([ids[2]])),
  ];
  for (const decision of decisions.toReversed()) {
    expect(seen()).toEqual(states.pop());
    expect(await host.undo(decision)).toMatchObject({ ok: true });
  }
  expect([seen()]).toEqual(states);
});

test('what the editor leaves is written when it parses, and only then', async () => {
  const project = committed('walk', bindery);
  const good = await hostFor(project, 'echo "# bound by hand" >> "$1"');
  expect(await good.host.edit('elixir-requirement', 'mix.exs')).toMatchObject({ ok: true });
  const text = readFileSync(join(project, 'mix.exs'), 'utf8');
  expect(text).toMatch(/# bound by hand\n$/);
  expect(text).not.toContain('"~> 1.12"');
  await good.host.undo({ kind: 'edit', step: 'elixir-requirement' });
  const bad = await hostFor(project, 'echo "deps)" >> "$1"');
  expect(await bad.host.edit('elixir-requirement', 'mix.exs')).toMatchObject({ ok: false });
  const none = await hostFor(project);
  expect(await none.host.edit('elixir-requirement', 'mix.exs')).toMatchObject({ ok: false });
  expect(git(project, 'status', '--porcelain')).toBe('');
});

test('a file that somebody changed behind the back of the walk is left alone, and read again', async () => {
  const project = committed('walk', bindery);
  const { host } = await hostFor(project);
  const theirs = `${bindery['mix.exs']}# by somebody else\n`;
  writeFileSync(join(project, 'mix.exs'), theirs);
  git(project, 'commit', '--quiet', '--all', '--message', 'Meanwhile');
  const refused = await host.apply(['elixir-requirement']);
  expect(refused).toMatchObject({ ok: false });
  expect(refused.message).toMatch(/^Changed since the plan was made: mix.exs\. .*made anew/);
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toBe(theirs);
  expect(await host.apply(['elixir-requirement'])).toMatchObject({ ok: true });
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).toMatch(/# by somebody else\n$/);
});

test('an editor that cannot be started is named', async () => {
  const project = committed('walk', bindery);
  const context = { machine: localMachine(), root: project, cache: scratch('cache') };
  const open = () => openUpgrade(project, { source: 'snapshots' }, ownEnvironment());
  for (const editor of ['no-such-editor --wait', 'vi | cat']) {
    const host = new ProjectHost({ upgrade: await open(), open, context, editor, progressFile: scratch('progress') });
    const { ok, message } = await host.edit('elixir-requirement', 'mix.exs');
    expect({ ok, message }).toEqual({
      ok: false,
      message: `${editor} could not be started: set VISUAL or EDITOR. Nothing was written.`,
    });
  }
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
