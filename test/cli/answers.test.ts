import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bindery } from './bindery.ts';
import { committed, contents, git, written } from './built.ts';
import { repository } from './fixture.ts';
import { phxUpgrade } from './program.ts';

const fast = ['--source', 'snapshots'];

describe('plan', () => {
  test('prints the plan, and writes nothing', async () => {
    const project = committed('plan', bindery);
    const before = contents(project);
    const { code, stdout, stderr } = await phxUpgrade(['plan', ...fast], project);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^bindery · Phoenix 1\.6\.16 → \d/);
    expect(stdout).toContain('Required');
    expect(contents(project)).toEqual(before);
    expect(git(project, 'status', '--porcelain')).toBe('');
  });

  test('is what runs without a command where there is no terminal, and says so on stderr', async () => {
    const project = committed('unnamed', bindery);
    const { code, stdout, stderr } = await phxUpgrade([project, ...fast], '/');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^bindery · /);
    expect(stderr).toBe('No terminal to walk in: this is phx-upgrade plan.\n');
    expect((await phxUpgrade([project, ...fast, '--quiet'], '/')).stderr).toBe('');
  });

  test('prints one JSON document, the same for the same project', async () => {
    const [one, other] = [committed('one', bindery), committed('other', bindery)];
    const { code, stdout } = await phxUpgrade(['plan', '--json', ...fast], one);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'phx-upgrade/plan@1',
      from: '1.6.16',
      project: { app: 'bindery' },
    });
    expect((await phxUpgrade(['--json', 'plan', other, ...fast], '/')).stdout).toBe(stdout);
  });

  test('prints a patch that git apply takes', async () => {
    const project = committed('patch', bindery);
    const { stdout } = await phxUpgrade(['plan', '--format', 'patch', '--output', 'all.patch', ...fast], project);
    expect(stdout).toBe('');
    expect(() => git(project, 'apply', '--check', 'all.patch')).not.toThrow();
  });

  test('prints HTML, SARIF and workflow commands, the summary beside them', async () => {
    const project = committed('formats', bindery);
    const summary = join(project, 'summary.md');
    const github = await phxUpgrade(['plan', '--format', 'github', ...fast], project, { GITHUB_STEP_SUMMARY: summary });
    expect(github.stdout).toMatch(/^::error /m);
    expect(readFileSync(summary, 'utf8')).toContain('Phoenix 1');
    expect((await phxUpgrade(['plan', '--format', 'html', ...fast], project)).stdout).toMatch(/^<!doctype html>/);
    expect(JSON.parse((await phxUpgrade(['plan', '--format', 'sarif', ...fast], project)).stdout).version).toBe(
      '2.1.0',
    );
  });

  test('names files as the repository has them in annotations', async () => {
    const nested = Object.fromEntries(
      Object.entries(bindery).map(([path, text]) => [`services/bindery/${path}`, text]),
    );
    const repository = committed('nested', nested);
    const { stdout } = await phxUpgrade(['plan', 'services/bindery', '--format', 'github', ...fast], repository);
    expect(stdout).toContain('file=services/bindery/mix.exs');
  });

  test('shows one step in full, or the steps of an area', async () => {
    const project = committed('narrow', bindery);
    const { steps } = JSON.parse((await phxUpgrade(['plan', '--json', '--area', 'deps', ...fast], project)).stdout);
    expect(new Set(steps.map(({ area }: { area: string }) => area))).toEqual(new Set(['deps']));
    const id = steps[0].id;
    const { stdout } = await phxUpgrade(['plan', '--step', id, ...fast], project);
    expect(stdout.split('\n')[0]).toContain(id);
    expect(stdout).not.toMatch(/^bindery · /);
  });

  test('takes generator flags after --, in place of those it finds', async () => {
    const project = committed('flags', bindery);
    const { stdout } = await phxUpgrade(['plan', '--json', ...fast, '--', '--no-ecto', '--no-mailer'], project);
    const { flags } = JSON.parse(stdout).project;
    expect(flags.map(({ flag }: { flag: string }) => flag)).toEqual(['--no-ecto', '--no-mailer']);
  });

  test('makes one plan for each minor on the way with --stepwise', async () => {
    const project = committed('stepwise', bindery);
    const { stdout } = await phxUpgrade(['plan', '--stepwise', '--json', '--to', '1.8', ...fast], project);
    const { schema, plans } = JSON.parse(stdout);
    expect(schema).toBe('phx-upgrade/stepwise@1');
    const stops = plans.map(({ from, to }: { from: string; to: string }) => `${from.slice(0, 3)} ${to.slice(0, 3)}`);
    expect(stops).toEqual(['1.6 1.7', '1.7 1.8']);
    const text = (await phxUpgrade(['plan', '--stepwise', ...fast], project)).stdout;
    expect(text.match(/^bindery · /gm)).toHaveLength(2);
    const patch = (await phxUpgrade(['plan', '--stepwise', '--format', 'patch', ...fast], project)).stdout;
    writeFileSync(join(project, 'all.patch'), patch);
    expect(() => git(project, 'apply', '--check', 'all.patch')).not.toThrow();
  });

  test('looks at migrations that the default branch does not have, or at all', async () => {
    const migration =
      'defmodule Bindery.Repo.Migrations.DropGlue do\n  def change do\n    alter table(:books) do\n      remove :glue\n    end\n  end\nend\n';
    const project = committed('migrations', { ...bindery, 'priv/repo/migrations/1_drop_glue.exs': migration });
    const findings = async (...words: string[]) =>
      JSON.stringify(JSON.parse((await phxUpgrade(['plan', '--json', ...fast, ...words], project)).stdout).steps);
    expect(await findings()).not.toContain('1_drop_glue.exs');
    expect(await findings('--migrations', 'all')).toContain('1_drop_glue.exs');
    git(project, 'switch', '--quiet', '--create', 'glueless');
    writeFileSync(join(project, 'priv/repo/migrations/2_drop_thread.exs'), migration.replaceAll('Glue', 'Thread'));
    expect(await findings()).toContain('2_drop_thread.exs');
    expect(await findings()).not.toContain('1_drop_glue.exs');
  });
});

describe('the settings', () => {
  test('are written with --save alone, and used from then on', async () => {
    const project = committed('save', bindery);
    await phxUpgrade(['plan', ...fast], project);
    expect(existsSync(join(project, '.phx-upgrade.json'))).toBe(false);
    await phxUpgrade(['plan', '--save', '--from', '1.5.9', ...fast, '--', '--no-ecto'], project);
    expect(JSON.parse(readFileSync(join(project, '.phx-upgrade.json'), 'utf8'))).toMatchObject({
      from: '1.5.9',
      flags: ['--no-ecto'],
    });
    const { from, project: found } = JSON.parse((await phxUpgrade(['plan', '--json', ...fast], project)).stdout);
    expect(from).toBe('1.5.9');
    expect(found.flags).toEqual([{ flag: '--no-ecto', evidence: '.phx-upgrade.json' }]);
  });

  test('leave steps out, counted in the account', async () => {
    const project = committed('ignore', bindery);
    const plan = async () => JSON.parse((await phxUpgrade(['plan', '--json', ...fast], project)).stdout);
    const before = await plan();
    const ignore = { topics: { 'logger-default-formatter': 'we format it ourselves' }, paths: { 'lib/': 'ours' } };
    writeFileSync(join(project, '.phx-upgrade.json'), JSON.stringify({ ignore }));
    const after = await plan();
    expect(JSON.stringify(before.steps)).toContain('logger-default-formatter');
    expect(after.steps.map(({ id }: { id: string }) => id)).not.toContain('logger-default-formatter');
    expect(JSON.stringify(after.steps.map(({ edits }: { edits: unknown }) => edits))).not.toContain('"path":"lib/');
    const ignored = after.account.leftOut.filter(({ reason }: { reason: string }) => reason === 'ignored');
    expect(ignored.length).toBeGreaterThan(0);
    const out = after.account.leftOut.reduce((sum: number, { hunks }: { hunks: number }) => sum + hunks, 0);
    expect(after.account.covered + out).toBe(after.account.hunks);
  });
});

describe('check', () => {
  test('exits 1 while required steps are open, and lists them', async () => {
    const project = committed('check', bindery);
    const { code, stdout } = await phxUpgrade(['check', ...fast], project);
    expect(code).toBe(1);
    expect(stdout).toContain('phoenix-1-8');
    const document = JSON.parse((await phxUpgrade(['check', '--json', ...fast], project)).stdout);
    expect(document).toMatchObject({ schema: 'phx-upgrade/check@1', ok: false });
    expect(await phxUpgrade(['check', '--format', 'github', ...fast], project)).toMatchObject({ code: 1 });
  });

  test('exits 0 when all that is open was open in the baseline', async () => {
    const project = committed('baseline', bindery);
    await phxUpgrade(['plan', '--json', '--output', 'known.json', ...fast], project);
    expect((await phxUpgrade(['check', '--baseline', 'known.json', ...fast], project)).code).toBe(0);
    expect((await phxUpgrade(['check', '--baseline', 'known.json', '--all-steps', ...fast], project)).code).toBe(0);
  });

  test('counts every open step with --all-steps', async () => {
    const project = committed('all-steps', bindery);
    const open = async (...words: string[]) =>
      JSON.parse((await phxUpgrade(['check', '--json', ...words, ...fast], project)).stdout).open.length;
    expect(await open('--all-steps')).toBeGreaterThan(await open());
  });

  test('fails on a locked version that is older than --min-version', async () => {
    const project = committed('min', bindery);
    await phxUpgrade(['plan', '--json', '--output', 'known.json', ...fast], project);
    const known = ['check', '--baseline', 'known.json', ...fast];
    expect((await phxUpgrade([...known, '--min-version', '1.6'], project)).code).toBe(0);
    const { code, stdout } = await phxUpgrade([...known, '--min-version', '1.7'], project);
    expect(code).toBe(1);
    expect(stdout).toContain('locked at 1.6.16, older than 1.7.0');
  });
});

describe('what is known here', () => {
  test('detect says names, version and flags with their evidence', async () => {
    const project = committed('detect', bindery);
    expect(await phxUpgrade(['detect'], project)).toMatchObject({ code: 0, stderr: '' });
    const { project: found } = JSON.parse((await phxUpgrade(['detect', '--json'], project)).stdout);
    expect(found).toMatchObject({ app: 'bindery', webModule: 'BinderyWeb', phoenix: { locked: '1.6.16' } });
    expect(found.flags.map(({ flag }: { flag: string }) => flag)).toContain('--no-ecto');
  });

  test('versions lists those of the snapshots without Elixir', async () => {
    const { code, stdout } = await phxUpgrade(['versions'], '/');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\.3\.4 +snapshots$/m);
    expect(stdout).toMatch(/ latest$/m);
    expect(JSON.parse((await phxUpgrade(['versions', '--json'], '/')).stdout).schema).toBe('phx-upgrade/versions@1');
  });

  test('topics lists topics, and explain prints one', async () => {
    const { topics } = JSON.parse((await phxUpgrade(['topics', '--json'], '/')).stdout);
    const { stdout } = await phxUpgrade(['explain', topics[0].id], '/');
    expect(stdout).toContain(topics[0].id);
    expect((await phxUpgrade(['topics'], '/')).stdout).toContain(topics[0].id);
    expect(JSON.parse((await phxUpgrade(['explain', topics[0].id, '--json'], '/')).stdout).topics).toHaveLength(1);
  });

  test('an empty cache is listed and cleared', async () => {
    expect(await phxUpgrade(['cache', 'list'], '/')).toMatchObject({ code: 0, stdout: 'The cache is empty.\n' });
    expect((await phxUpgrade(['cache', 'clear'], '/')).code).toBe(0);
    expect(JSON.parse((await phxUpgrade(['cache', 'list', '--json'], '/')).stdout).projects).toEqual([]);
  });
});

describe('generated projects of a pack', () => {
  const version = (text: string) => ({
    '1.7.21/default/mix.exs': 'defmodule SampleApp.MixProject do\nend\n',
    '1.8.8/default/mix.exs': `defmodule SampleApp.MixProject do\n  # ${text}\nend\n`,
  });

  test('are compared by diff', async () => {
    const pack = written('pack', version('newer'));
    const words = ['--source', 'pack', '--pack', pack];
    const { code, stdout } = await phxUpgrade(['diff', '1.7', '1.8.8', ...words], '/');
    expect(code).toBe(0);
    expect(stdout).toContain('+  # newer');
    expect((await phxUpgrade(['diff', '1.7', '1.8.8', '--name-only', ...words], '/')).stdout).toBe('mix.exs\n');
    expect((await phxUpgrade(['diff', '1.7', '1.8.8', '--stat', ...words], '/')).stdout).toContain('1 files changed');
    expect((await phxUpgrade(['diff', '1.7', '1.8.8', '--include', 'lib', ...words], '/')).stdout).toBe('');
    expect(JSON.parse((await phxUpgrade(['diff', '1.7', '1.8.8', '--json', ...words], '/')).stdout).files).toHaveLength(
      1,
    );
  });

  test('are written by generate under other names, once', async () => {
    const pack = written('pack', version('newer'));
    const parent = written('fresh', {});
    const words = ['generate', '1.8.8', 'fresh', '--app', 'folio', '--source', 'pack', '--pack', pack];
    expect(await phxUpgrade(words, parent)).toMatchObject({ code: 0 });
    expect(readFileSync(join(parent, 'fresh/mix.exs'), 'utf8')).toContain('defmodule Folio.MixProject');
    const again = await phxUpgrade(words, parent);
    expect(again.code).toBe(4);
    expect(again.stderr).toContain('directory-not-empty');
  });

  test('are packed into one file and listed', async () => {
    const pack = written('pack', version('newer'));
    const file = join(written('target', {}), 'phoenix.pack');
    const built = await phxUpgrade(
      ['pack', 'build', file, '--versions', '1.7.21', '1.8.8', '--source', 'pack', '--pack', pack],
      '/',
    );
    expect(built.code).toBe(0);
    const { projects } = JSON.parse((await phxUpgrade(['pack', 'list', file, '--json'], '/')).stdout);
    expect(projects.map(({ version: one }: { version: string }) => one)).toEqual(['1.7.21', '1.8.8']);
  });

  test('that a named source lacks end the run with 3', async () => {
    const pack = written('pack', version('newer'));
    const { code, stderr } = await phxUpgrade(['diff', '1.6.0', '1.8.8', '--source', 'pack', '--pack', pack], '/');
    expect(code).toBe(3);
    expect(stderr).toContain('no-pristine-project');
    const json = await phxUpgrade(['generate', '1.8.8', 'x', '--source', 'mix', '--json'], '/');
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout).error).toMatchObject({ code: 'no-mix', exit: 3 });
  });
});

test('what is piped is cut nowhere, COLUMNS says otherwise', async () => {
  const directory = repository('shop');
  const words = ['plan', '--source', 'snapshots', '--to', '1.8.8', '--offline'];
  const whole = await phxUpgrade(words, directory);
  expect(whole.stdout).toContain('Use a Gettext backend as Gettext 0.26 has it: generated files');
  expect((await phxUpgrade(words, directory, { COLUMNS: '60' })).stdout).not.toContain(
    'Use a Gettext backend as Gettext 0.26 has it: generated files',
  );
});

test.each(['release-files', 'release-by-hand'])('the part of a step that is shown as %s is explained', async (id) => {
  expect((await phxUpgrade(['explain', id], repository('shop'))).stdout).toContain('Add release module');
});
