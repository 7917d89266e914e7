import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bindery } from './bindery.ts';
import { builtProgram, committed, contents, freshBuild, written } from './built.ts';
import { phxUpgrade } from './program.ts';

beforeAll(freshBuild);

const fast = ['--source', 'snapshots'];

/** The one document on stdout when a command fails with `--json`. */
async function failure(words: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await phxUpgrade(['--json', ...words], cwd);
  return { code, error: JSON.parse(stdout).error, schema: JSON.parse(stdout).schema, stderr };
}

describe('bad input is refused with 4, one document on stdout, and nothing written', () => {
  const cases: readonly (readonly [string, string, readonly string[], Readonly<Record<string, string | null>>])[] = [
    ['no directory', 'no-such-path', ['plan', 'nowhere/here'], {}],
    ['no mix.exs', 'no-mix-exs', ['plan'], { 'mix.exs': null }],
    ['a Mix project without Phoenix', 'not-a-phoenix-project', ['detect'], { 'mix.exs': mixWithout('phoenix') }],
    ['a mix.exs that does not parse', 'bad-mix-exs', ['plan'], { 'mix.exs': 'defmodule A do\n  def b(, do: 1\n' }],
    ['a binary mix.exs', 'binary-file', ['plan'], { 'mix.exs': 'a\0b' }],
    ['a version that does not exist', 'unknown-version', ['plan', '--to', '1.8.99', ...fast], {}],
    ['a version that is none', 'unknown-version', ['plan', '--to', 'newest', ...fast], {}],
    ['a version older than 1.3', 'version-too-old', ['plan', '--from', '1.2', ...fast], {}],
    ['a project older than 1.3', 'version-too-old', ['plan', ...fast], { 'mix.lock': lockOf('1.2.5') }],
    ['a downgrade', 'from-newer-than-to', ['plan', '--from', '1.8', '--to', '1.7', ...fast], {}],
    ['an unknown step', 'unknown-step', ['plan', '--step', 'elixir-requirment', ...fast], {}],
    ['no step for apply', 'nothing-chosen', ['apply', ...fast], {}],
    ['an option that is none', 'usage', ['plan', '--form', '1.6'], {}],
    ['a word that is none of the choices', 'usage', ['plan', '--format', 'xml'], {}],
    ['too many words', 'usage', ['detect', '.', 'again'], {}],
    ['a missing word', 'usage', ['diff', '1.7'], {}],
    ['flags where none belong', 'usage', ['undo', '--', '--no-ecto'], {}],
    ['settings with an unknown key', 'bad-settings', ['plan', ...fast], { '.phx-upgrade.json': '{\n  "ignor": {}\n}' }],
    ['no baseline', 'bad-baseline', ['check', '--baseline', 'none.json', ...fast], {}],
    ['a baseline that is no plan', 'bad-baseline', ['check', '--baseline', 'mix.exs', ...fast], {}],
    ['a minimum that is no version', 'unknown-version', ['check', '--min-version', 'new', ...fast], {}],
    ['no pack', 'no-such-pack', ['plan', '--pack', 'none.pack'], {}],
    ['a pack that is none', 'bad-pack', ['pack', 'list', 'mix.exs'], {}],
    ['a topic that is none', 'unknown-topic', ['explain', 'runtime-confg'], {}],
    ['nothing to undo', 'nothing-to-undo', ['undo'], {}],
    ['a walk without a terminal', 'needs-terminal', ['walk', ...fast], {}],
    ['an answer that cannot be written', 'output-failed', ['topics', '--output', 'no/such/file'], {}],
  ];
  test.each(cases)('%s: %s', async (_, code, words, files) => {
    const project = written('refused', { ...bindery, ...files });
    const before = contents(project);
    const failed = await failure(words, project);
    expect(failed).toMatchObject({ code: 4, schema: 'phx-upgrade/error@1', error: { code, exit: 4 }, stderr: '' });
    expect(failed.error.remedy).not.toBe('');
    expect(contents(project)).toEqual(before);
  });

  test('an unknown generator flag', async () => {
    const { code, stderr, stdout } = await phxUpgrade(['plan', ...fast, '--', '--no-ekto'], written('flag', bindery));
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('Did you mean --no-ecto?');
  });
});

function mixWithout(dep: string): string {
  return (bindery['mix.exs'] ?? '').replace(new RegExp(`\\{:${dep}, .*\\n`), '\n');
}

function lockOf(version: string): string {
  return (bindery['mix.lock'] ?? '').replace('1.6.16', version);
}

describe('a slip of the finger is answered with the nearest word', () => {
  test.each([
    [['plann'], 'Did you mean plan?'],
    [['plan', '--form', '1.6'], 'Did you mean --from?'],
    [['explain', 'runtime-confg'], 'Did you mean runtime-config?'],
    [['plan', '--to', '1.8.99', ...fast], 'Did you mean 1.8.'],
    [['plan', '--to', '1.9', ...fast], 'Did you mean 1.8.'],
    [['plan', '--to', 'latst', ...fast], 'Did you mean latest?'],
    [['plan', '--step', 'elixir-requirment', ...fast], 'Did you mean elixir-requirement?'],
  ])('%j: %s', async (words, hint) => {
    const { code, stderr } = await phxUpgrade(words, written('slip', bindery));
    expect(code).toBe(4);
    expect(stderr.replace(/\s+/g, ' ')).toContain(hint);
  });
});

describe('what one file spoils does not spoil the plan', () => {
  const findings = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    prepare: (project: string) => void = () => {},
  ) => {
    const project = committed('spoilt', { ...bindery, ...files });
    prepare(project);
    const { code, stdout } = await phxUpgrade(['plan', '--json', ...fast], project);
    expect(code).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan.steps.map(({ id }: { id: string }) => id)).toContain('elixir-requirement');
    return plan.findings;
  };

  test('a syntax error is named with its line', async () => {
    const found = await findings({ 'config/dev.exs': 'import Config\n\nconfig :bindery, [\n' });
    expect(found).toEqual([expect.objectContaining({ path: 'config/dev.exs', line: 4 })]);
  });

  test('a binary file with the name of a script is named', async () => {
    expect(await findings({ 'config/dev.exs': new Uint8Array([0, 159, 1]) })).toEqual([
      expect.objectContaining({ path: 'config/dev.exs', line: 1 }),
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read is named', async () => {
    const found = await findings({ 'config/dev.exs': 'import Config\n' }, (project) =>
      chmodSync(join(project, 'config/dev.exs'), 0),
    );
    expect(found).toEqual([expect.objectContaining({ path: 'config/dev.exs' })]);
  });

  test('a directory with the name of a script is no file', async () => {
    expect(await findings({}, (project) => mkdirSync(join(project, 'config/local.exs')))).toEqual([]);
  });

  test('a config of five megabytes is read or named', () => {
    const shelf = 'paper, thread and glue; '.repeat(110);
    const entries = Array.from({ length: 2000 }, (_, at) => `config :bindery, :shelf_${at}, "${shelf}"\n`);
    const project = committed('large', { ...bindery, 'config/dev.exs': `import Config\n${entries.join('')}` });
    expect(builtProgram(['plan', '--json', ...fast], project)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a bug', () => {
  test('ends with 70 and is shown whole', () => {
    const project = written('bug', bindery);
    // Nothing foresees a summary file that is a directory.
    const env = { GITHUB_STEP_SUMMARY: project };
    const { code, stderr } = builtProgram(['plan', '--format', 'github', ...fast], project, env);
    expect(code).toBe(70);
    expect(stderr).toContain('bug: ');
    expect(stderr).toMatch(/\n +at .*dist\/chunks\//);
  });
});
