import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const root = join(import.meta.dirname, '..', '..');

/** A real terminal: tmux draws what a person would see. */
class Tmux {
  readonly #directory = mkdtempSync(join(tmpdir(), 'walk-'));
  readonly #socket = join(this.#directory, 'socket');

  constructor(columns: number, rows: number, command: string, env: Readonly<Record<string, string>> = {}) {
    const settings = Object.entries({ LC_ALL: 'C.UTF-8', ...env }).map(([name, value]) => `${name}='${value}'`);
    const size = ['-x', `${columns}`, '-y', `${rows}`];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', root, 'env PS1=ready: sh');
    this.keys(`clear; ${settings.join(' ')} ${command}`, 'Enter');
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p');
  }

  /** `1 0`: the cursor is shown, and the user's own screen is. */
  get state(): string {
    return this.#tmux('display', '-p', '#{cursor_flag} #{alternate_on}').trim();
  }

  keys(...keys: readonly string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  async sees(text: string | RegExp): Promise<void> {
    for (let round = 0; round < 300; round += 1) {
      if (typeof text === 'string' ? this.screen.includes(text) : text.test(this.screen)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`never saw ${text}; the screen is\n${this.screen}`);
  }

  end(): void {
    this.#tmux('kill-server');
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-S', this.#socket, ...args], { encoding: 'utf8' });
  }
}

describe.skipIf(!hasTmux)('in a real terminal', () => {
  let tmux: Tmux;
  afterEach(() => tmux.end());

  function start(
    columns: number,
    rows: number,
    env: Readonly<Record<string, string>> = {},
    ...args: readonly string[]
  ) {
    tmux = new Tmux(columns, rows, `node --import tsx test/tui/host.tsx atelier ${args.join(' ')}`, env);
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
    await tmux.sees('▸ ● mix      Raise the Elixir');
    tmux.keys('a');
    await tmux.sees('Applied elixir.');
    tmux.keys('j', 'j', 'e');
    await tmux.sees('~\n~');
    tmux.keys('i', 'jkq', 'Escape', ':q!', 'Enter');
    await tmux.sees('Wrote lib/atelier_web/router.ex as you edited it.');
    expect(tmux.screen).toMatch(/✓ endpoint Serve the socket/);
    tmux.resize(200, 50);
    await tmux.sees(/ │ .*A newer base image/);
    tmux.resize(columns, rows);
    await tmux.sees('▸ ● docker   A newer base image');
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
});
