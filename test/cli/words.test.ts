import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../src/cli/completion.ts';
import { commands, declarationOf } from '../../src/cli/declarations.ts';
import { dispatch } from '../../src/cli/dispatch.ts';
import { overview, parseCommand } from '../../src/cli/parser.ts';
import { scratch } from '../support/pristine.ts';

describe('the command among the words', () => {
  test.each([
    [['plan', '--json'], 'plan', ['--json']],
    [['--json', 'plan', '.'], 'plan', ['--json', '.']],
    [['--to', '1.8', 'check'], 'check', ['--to', '1.8']],
    [['--to', '1.8'], null, ['--to', '1.8']],
    [['.', '--to', '1.8'], null, ['.', '--to', '1.8']],
    [['--', 'plan'], null, ['--', 'plan']],
    [[], null, []],
  ])('of %j is %s', (words, command, rest) => {
    expect(dispatch(words)).toEqual({ command, rest });
  });

  test('is neither a path nor a command when nothing has that name', () => {
    expect(() => dispatch(['chek'])).toThrow('There is no command and no directory chek.');
  });
});

describe('the words of a command', () => {
  test('several values, repeated options, and flags after --', () => {
    const words = ['shop', '--step', 'a', 'b', '--step', 'c', '--area', 'deps', '--no-verify', '--', '--no-ecto'];
    const invocation = parseCommand(declarationOf('apply'), words);
    expect(invocation).toMatchObject({
      arguments: ['shop'],
      options: { step: ['a', 'b', 'c'], area: ['deps'], verify: false },
      generatorFlags: ['--no-ecto'],
    });
  });

  test('nothing is verified unless that is asked for', () => {
    const verify = (...words: string[]) => parseCommand(declarationOf('apply'), words).options.verify;
    expect(verify('--all')).toBeUndefined();
    expect(verify('--all', '--verify')).toBe(true);
    expect(verify('--all', '--verify', 'mix test')).toEqual(['mix test']);
    expect(verify('--all', '--no-verify')).toBe(false);
  });

  test('without -- there are no generator flags, which is not the same as none', () => {
    expect(parseCommand(declarationOf('plan'), []).generatorFlags).toBeNull();
    expect(parseCommand(declarationOf('plan'), ['--']).generatorFlags).toEqual([]);
  });
});

describe('help', () => {
  test('of the program lists every command and exit code', () => {
    for (const { name } of commands) expect(overview()).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(overview()).toContain('70  a bug');
  });

  test.each(commands.map(({ name }) => name))(
    'of %s has its purpose, options in groups, examples and exit codes',
    (name) => {
      const { purpose, options, examples } = declarationOf(name);
      const text = helpOf(name);
      expect(text.replace(/\s+/g, ' ')).toContain(purpose.replace(/\s+/g, ' '));
      for (const { flags, group } of options) {
        expect(text).toContain(flags.split(' ')[0]);
        expect(text).toContain(`${group}:`);
      }
      for (const example of examples) expect(text).toContain(`phx-upgrade ${example}`);
      expect(text).toContain('Exit codes:');
    },
  );
});

function helpOf(name: (typeof commands)[number]['name']): string {
  try {
    parseCommand(declarationOf(name), ['--help']);
  } catch (error) {
    return (error as { text: string }).text;
  }
  return '';
}

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'] as const)('for %s knows every command and option', (shell) => {
    const script = completionScript(shell);
    for (const { name, options } of commands) {
      expect(script).toContain(name);
      for (const { flags } of options) expect(script).toContain((flags.split(' ')[0] ?? '').slice(2));
    }
  });

  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const isHere = spawnSync(shell, ['--version']).error === undefined;
    test.skipIf(!isHere)(`for ${shell} is a script that the shell reads`, () => {
      const { status, stderr } = spawnSync(shell, ['-n'], { input: completionScript(shell), encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  }

  test.each([
    [['phx-upgrade', 'che'], ['check']],
    [['phx-upgrade', 'plan', '--for'], ['--format']],
    [['phx-upgrade', 'plan', '--format', 'sa'], ['sarif']],
    [['phx-upgrade', 'pack', 'b'], ['build']],
    [
      ['phx-upgrade', 'completion', "''"],
      ['bash', 'zsh', 'fish', 'steps', 'versions'],
    ],
    [['phx-upgrade', 'plan', '--step', 'ban'], ['bandit']],
    [['phx-upgrade', 'mark', 'ban'], ['bandit']],
    [['phx-upgrade', 'plan', '--to', '1.8.1'], ['1.8.12']],
    [['phx-upgrade', 'pack', 'build', 'ma'], ['made.pack']],
  ])('of bash completes %j', (words, replies) => {
    const line = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _phx_upgrade; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const cwd = scratch('completion');
    writeFileSync(join(cwd, 'made.pack'), '');
    const program = 'phx-upgrade() { case $2 in steps) echo bandit docker;; versions) echo 1.7 1.8.12;; esac; }';
    const { stdout } = spawnSync('bash', ['-c', `${program}\n${completionScript('bash')}\n${line}`], {
      cwd,
      encoding: 'utf8',
    });
    expect(stdout.trim().split('\n')).toEqual(replies);
  });

  test('asks for a value, a file or one of some words, where an option takes one', () => {
    const fish = completionScript('fish').split('\n');
    const line = (option: string) => fish.find((one) => one.includes(`from plan' -l ${option} `));
    expect(line('all')).not.toMatch(/ -[xra] /);
    expect(line('pack')).toContain(' -r -F ');
    expect(line('from')).toContain(" -x -a '(phx-upgrade completion versions)' -d ");
    expect(line('format')).toContain(" -x -a 'text json");
    const zsh = completionScript('zsh');
    expect(zsh).toMatch(/'\*--all\[[^\]]*\]'/);
    expect(zsh).toMatch(/'\*--pack\[[^\]]*\]:file:_files'/);
    expect(zsh).toMatch(
      /'\*--from\[[^\]]*\]:value:\{compadd -- \$\(phx-upgrade completion versions 2>\/dev\/null\)\}'/,
    );
    expect(zsh).toMatch(/'\*--format\[[^\]]*\]:value:\(text json/);
  });
});
