import { describe, expect, test } from 'vitest';
import { parseCommand, runCommands } from '../../src/apply/command.ts';
import { read, scratch, write } from './support/project.ts';
import { contextOf } from './support/shop.ts';

describe('a command line', () => {
  test('is taken apart into variables, program and arguments', () => {
    expect(parseCommand('mix deps.get')).toEqual({ env: {}, program: 'mix', args: ['deps.get'] });
    expect(parseCommand('MIX_ENV=prod  mix phx.gen.release --docker')).toEqual({
      env: { MIX_ENV: 'prod' },
      program: 'mix',
      args: ['phx.gen.release', '--docker'],
    });
    expect(parseCommand(`mix run 'a b' "c;d"`)?.args).toEqual(['run', 'a b', 'c;d']);
  });

  test('that only a shell could run is not run at all', () => {
    for (const line of [
      '',
      'A=1',
      'mix a && mix b',
      'mix a; mix b',
      'echo $HOME',
      'echo `id`',
      'rm *',
      "mix 'a",
      'a | b',
      'a > b',
      'a "$(id)"',
    ]) {
      expect([line, parseCommand(line)]).toEqual([line, null]);
    }
  });
});

describe('running commands', () => {
  const watching = () => {
    const seen: string[] = [];
    return {
      seen,
      watch: { started: (line: string) => seen.push(`> ${line}`), output: (text: string) => seen.push(text.trim()) },
    };
  };

  test('runs them in order in the root, with their output, until one fails', async () => {
    const root = scratch();
    write(
      root,
      'say.mjs',
      'console.log(process.env.WORD ?? process.cwd()); process.exitCode = Number(process.argv[2] ?? 0);',
    );
    const node = process.execPath;
    const { seen, watch } = watching();
    const commands = [`${node} say.mjs`, `WORD=two ${node} say.mjs 3`, `${node} say.mjs`];
    const result = await runCommands(contextOf(root), commands, watch);
    expect(seen).toEqual([`> ${commands[0]}`, root, `> ${commands[1]}`, 'two']);
    expect(result).toEqual({ done: [commands[0]], failed: { command: commands[1], reason: 'it ended with code 3' } });
  });

  test('names a program that is not there, and one that needs a shell', async () => {
    const root = scratch();
    const { watch } = watching();
    const missing = await runCommands(contextOf(root), ['no-such-program-here --x'], watch);
    expect(missing.failed?.reason).toContain('ENOENT');
    const shell = await runCommands(contextOf(root), ['touch made && ls'], watch);
    expect(shell.failed?.reason).toContain('by hand');
    expect(() => read(root, 'made')).toThrow();
  });
});
