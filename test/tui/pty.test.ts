import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hasTmux, Tmux } from '../support/tmux.ts';

const root = join(import.meta.dirname, '..', '..');

describe.skipIf(!hasTmux)('in a real terminal', () => {
  let tmux: Tmux;
  afterEach(() => tmux.end());

  function start(
    columns: number,
    rows: number,
    env: Readonly<Record<string, string>> = {},
    ...args: readonly string[]
  ) {
    const command = `node --import tsx test/tui/host.tsx atelier ${args.join(' ')}`;
    tmux = new Tmux({ columns, rows, directory: root, command, env });
  }

  /** A command typed afterwards works as if there had been no walk. */
  async function restored(): Promise<void> {
    expect(tmux.state).toBe('1 0');
    tmux.keys('clear; stty -a | tr ";" "\\n" | grep -o " icanon\\| echo " | tr -d "\\n"; echo', 'Enter');
    await tmux.sees(/icanon +echo/);
  }

  test.each([
    [80, 24],
    [120, 40],
  ])('walks at %i by %i, through an editor and a resize, and leaves no trace', async (columns, rows) => {
    start(columns, rows, { VISUAL: 'vi -u NONE' });
    await tmux.sees('Enter to the steps');
    tmux.keys('Enter');
    await tmux.sees(/▸ ● (mix {9})?Raise the Elixir/);
    tmux.keys('a');
    await tmux.sees('Applied elixir.');
    tmux.keys('j', 'j', 'e');
    await tmux.sees('~\n~');
    tmux.keys('i', 'jkq', 'Escape', ':q!', 'Enter');
    await tmux.sees('Wrote lib/atelier_web/router.ex as you edited it.');
    expect(tmux.screen).toMatch(/✓ (endpoint {4})?Serve the socket/);
    tmux.resize(200, 50);
    await tmux.sees(/ │ .*A newer base image/);
    tmux.resize(columns, rows);
    await tmux.sees(/▸ ● (docker {6})?A newer base image/);
    tmux.keys('q');
    await tmux.sees('carried out: elixir socket; left: 6');
    expect(tmux.screen).not.toContain('▸');
    await restored();
  });

  test('a command that is run is seen, and a key leads back', async () => {
    start(80, 24);
    await tmux.sees('Enter to the steps');
    tmux.keys('Enter');
    await tmux.sees('▸ ● mix');
    tmux.keys('a');
    await tmux.sees('Applied elixir.');
    tmux.keys('E');
    await tmux.sees('Run next');
    tmux.keys('Enter');
    await tmux.sees('Run mix deps.get here? y/n');
    tmux.keys('y');
    await tmux.sees('running mix deps.get');
    await tmux.sees('Press a key to go back');
    tmux.keys('q');
    await tmux.sees('mix deps.get  ✓ ran');
    tmux.keys('q');
    await tmux.sees('carried out: elixir');
    await restored();
  });

  test('Ctrl-C in an editor ends the editor alone', async () => {
    start(80, 24, { VISUAL: 'tail -f package.json' });
    await tmux.sees('Enter to the steps');
    tmux.keys('Enter');
    await tmux.sees('▸ ● mix         Raise the Elixir');
    tmux.keys('e');
    await tmux.sees('==> /dev/null <==');
    tmux.keys('C-c');
    await tmux.sees('Wrote mix.exs');
    tmux.keys('q');
    await tmux.sees('carried out: elixir');
    await restored();
  });

  test.each(['TERM', 'HUP', 'INT', 'QUIT'])('SIG%s restores the terminal', async (signal) => {
    start(80, 24, { WALK_PID: '1' });
    await tmux.sees('Enter to the steps');
    const pid = /pid (\d+)/.exec(tmux.screen)?.[1];
    expect(pid).toBeDefined();
    process.kill(Number(pid), `SIG${signal}` as NodeJS.Signals);
    await tmux.sees('ready:');
    await restored();
  });

  test('a bug is shown on the restored terminal', async () => {
    start(80, 24, {}, '--bug');
    await tmux.sees('Enter to the steps');
    tmux.keys('Enter');
    await tmux.sees('▸ ● mix');
    tmux.keys('a');
    await tmux.sees('a bug in the host');
    await restored();
  });

  test('an error outside of the walk is shown on the restored terminal', async () => {
    start(80, 24, {}, '--crash');
    await tmux.sees('a crash elsewhere');
    await restored();
  });

  test('plain prompts read lines', async () => {
    start(80, 60, {}, '--plain');
    await tmux.sees('Number:');
    tmux.keys('1', 'Enter');
    await tmux.sees('Step 1 of 7');
    tmux.keys('1', 'Enter');
    await tmux.sees('Applied elixir.');
    tmux.keys('C-d');
    await tmux.sees('carried out: elixir');
    await restored();
  });

  test('Ctrl-C leaves plain prompts at once', async () => {
    start(80, 24, {}, '--plain');
    await tmux.sees('Number:');
    tmux.keys('C-c');
    await tmux.sees('ready:');
    await restored();
  });
});
