import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../src/cli/declarations.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const workflows = [...read('docs/ci.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
const action = parse(read('action.yml'));
const script: string = action.runs.steps[1].run;

describe('the workflows in the documentation', () => {
  test.each(workflows.map((text, index) => ({ index, text })))('number $index is YAML', ({ text }) => {
    expect(parse(text)).toBeTypeOf('object');
  });

  const calls = [
    ...`${workflows.join('\n')}\n${read('docs/ci.md')}`.matchAll(/(?:phx-upgrade@0\.1 |`)([a-z]+)((?: [^\s`|>]+)*)/g),
  ];
  const named = calls.filter((call) => commands.some(({ name }) => name === call[1]));

  test('name commands and options that exist', () => {
    expect(named.length).toBeGreaterThan(15);
    for (const [call, name, words = ''] of named) {
      const declared = commands
        .find((command) => command.name === name)
        ?.options.map(({ flags }) => flags.split(' ')[0]);
      const options = words.split(' ').filter((word) => word.startsWith('--'));
      expect({ call, unknown: options.filter((option) => !declared?.includes(option)) }).toEqual({ call, unknown: [] });
    }
  });
});

describe('the composite action', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-action-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Runs the action's script with a stand-in for npx that notes its arguments and ends `check` as told. */
  function run(checkExit: number, inputs: Readonly<Record<string, string>> = {}) {
    const log = join(directory, 'calls');
    const stand = `#!/bin/sh\nprintf '<%s>' "$@" >> '${log}'\necho >> '${log}'\n[ "$3" = check ] && exit ${checkExit}\nexit 0\n`;
    writeFileSync(join(directory, 'npx'), stand, { mode: 0o755 });
    const output = join(directory, 'output');
    const defaults = { PROJECT: '.', TARGET: '1.8', SOURCE: 'auto', PACK: '', VERSION: '0.1', FAIL: 'true' };
    const paths = { PATH: `${directory}:${process.env.PATH}`, RUNNER_TEMP: directory, GITHUB_OUTPUT: output };
    const { status } = spawnSync('bash', ['-c', script], { env: { ...defaults, ...inputs, ...paths } });
    const text = (path: string) => readFileSync(path, 'utf8');
    return { status, calls: text(log).trimEnd().split('\n'), output: status === 4 ? '' : text(output) };
  }

  test('hands over each input that its script reads', () => {
    const given = Object.values(action.runs.steps[1].env as Record<string, string>);
    expect(given.toSorted()).toEqual(
      Object.keys(action.inputs)
        .map((name) => `\${{ inputs.${name} }}`)
        .toSorted(),
    );
    expect(script).not.toContain('${{');
  });

  test('annotates, writes both reports, and passes while nothing required is open', () => {
    const { status, calls, output } = run(0);
    expect(status).toBe(0);
    expect(calls[0]).toBe('<--yes><phx-upgrade@0.1><plan><.><--to><1.8><--source><auto><--format><github>');
    expect(calls).toHaveLength(4);
    expect(output).toContain('open=false\n');
  });

  test('fails while a required step is open, unless told not to, and says so in both cases', () => {
    expect(run(1)).toMatchObject({ status: 1, output: expect.stringContaining('open=true\n') });
    expect(run(1, { FAIL: 'false' })).toMatchObject({ status: 0, output: expect.stringContaining('open=true\n') });
  });

  test('hands on a failure of the tool itself', () => {
    expect(run(4, { FAIL: 'false' }).status).toBe(4);
  });

  test('an input is a word, never a command', () => {
    const { calls } = run(0, { PROJECT: '$(touch x); "a b', PACK: 'my pack' });
    expect(calls[0]).toContain('<$(touch x); "a b>');
    expect(calls[0]).toContain('<--pack><my pack>');
  });
});
