import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** What runs in a terminal: a command line of a shell, in a directory. */
export interface Program {
  readonly columns: number;
  readonly rows: number;
  readonly directory: string;
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A real terminal: tmux draws what a person would see. */
export class Tmux {
  readonly #directory = mkdtempSync(join(tmpdir(), 'walk-'));
  readonly #socket = join(this.#directory, 'socket');

  constructor({ columns, rows, directory, command, env = {} }: Program) {
    const settings = Object.entries({ LC_ALL: 'C.UTF-8', ...env }).map(([name, value]) => `${name}='${value}'`);
    const size = ['-x', `${columns}`, '-y', `${rows}`];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', directory, 'env PS1=ready: sh');
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
