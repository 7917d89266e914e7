import { describe, expect, test } from 'vitest';
import { removeVariable } from '../../src/docker/edit-variable.ts';
import { replaceWords } from '../../src/docker/edit-words.ts';

const foreground = ['/app/bin/pier', 'foreground'];
const started = ['/app/bin/pier', 'start'];
const build = ['mix', 'distillery.release', '--env=prod'];

describe('words of a command become others', () => {
  test.each([
    ['a line of a shell', 'exec /app/bin/pier foreground\n', 'exec /app/bin/pier start\n'],
    ['a program in quotes', 'exec "/app/bin/pier" foreground\n', 'exec "/app/bin/pier" start\n'],
    ['a list', 'CMD ["/app/bin/pier", "foreground"]\n', 'CMD ["/app/bin/pier", "start"]\n'],
    ['a command in quotes', "ssh mole '/app/bin/pier foreground'\n", "ssh mole '/app/bin/pier start'\n"],
    ['a line that ends as on Windows', '/app/bin/pier foreground\r\nx\r\n', '/app/bin/pier start\r\nx\r\n'],
    ['a comment, which stays', '# /app/bin/pier foreground\n', '# /app/bin/pier foreground\n'],
    ['another program, which stays', '/srv/app/bin/pier foreground\n', '/srv/app/bin/pier foreground\n'],
    ['a longer word, which stays', '/app/bin/pier foreground-x\n', '/app/bin/pier foreground-x\n'],
  ])('in %s', (_name, text, wanted) => {
    const once = replaceWords(text, foreground, started);
    expect(once).toEqual({ ok: true, text: wanted });
    expect(replaceWords(wanted, foreground, started)).toEqual(once);
  });

  test.each([
    ['RUN mix distillery.release --env=prod && ls\n', 'RUN mix release && ls\n'],
    ['RUN ["mix", "distillery.release", "--env=prod"]\n', 'RUN ["mix", "release"]\n'],
    ['run: mix  distillery.release   --env=prod\n', 'run: mix  release\n'],
  ])('fewer of them take what parted them along: %j', (text, wanted) => {
    expect(replaceWords(text, build, ['mix', 'release'])).toEqual({ ok: true, text: wanted });
  });

  test('more of them each stand as items of a list', () => {
    const text = 'command: ["pier", "sink"]\n';
    const result = replaceWords(text, ['pier', 'sink'], ['pier', 'eval', 'Pier.sink']);
    expect(result).toEqual({ ok: true, text: 'command: ["pier", "eval", "Pier.sink"]\n' });
  });
});

describe('a variable goes from what is started', () => {
  test.each([
    ['a script', 'set -e\nexport TIDE=1\nrun\n', 'set -e\nrun\n'],
    ['a command', 'TIDE=1 OTHER=2 run\n', 'OTHER=2 run\n'],
    ['a unit', '[Service]\nEnvironment="TIDE=1"\nExecStart=run\n', '[Service]\nExecStart=run\n'],
    ['a map', 'env:\n  TIDE: "1"\n  PORT: 1\n', 'env:\n  PORT: 1\n'],
    ['a list', 'env:\n  - PORT=1\n  - TIDE=1\n', 'env:\n  - PORT=1\n'],
    ['named items', 'env:\n  - name: TIDE\n    value: "1"\n  - name: PORT\n', 'env:\n  - name: PORT\n'],
    ['a table', '[env]\n  TIDE = "1"\n  PORT = "1"\n', '[env]\n  PORT = "1"\n'],
    ['where it is only read', 'echo $TIDE ${TIDE}\n', 'echo $TIDE ${TIDE}\n'],
    ['where a longer name is set', 'TIDE_TABLE=1\n', 'TIDE_TABLE=1\n'],
  ])('in %s', (_name, text, wanted) => {
    const once = removeVariable(text, 'TIDE');
    expect(once).toEqual({ ok: true, text: wanted });
    expect(removeVariable(wanted, 'TIDE')).toEqual(once);
  });

  test.each([
    ['the only key of a map', 'env:\n  TIDE: "1"\nrun: x\n'],
    ['one of several on a line', 'Environment=TIDE=1 PORT=2\n'],
    ['a line that is continued', 'run \\\n  TIDE=1\n'],
  ])('not where it is %s', (_name, text) => {
    expect(removeVariable(text, 'TIDE').ok).toBe(false);
  });
});
