import type { Plan } from '../../../src/plan/plan.ts';
import type { WalkResult } from '../../../src/tui/host.ts';
import type { WalkProgress } from '../../../src/tui/progress.ts';
import type { Terminal } from '../../../src/tui/terminal.ts';
import type { Environment } from '../../../src/tui/text/look.ts';
import * as view from '../../../src/tui/view/shown.tsx';
import { walk } from '../../../src/tui/walk.ts';
import { Screen } from '../../support/screen.ts';
import { findingFiles } from './files.ts';
import { MemoryHost } from './host.ts';
import { Keys, Output, sent } from './terminal.ts';

export interface WalkSetup {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Environment;
  readonly progress?: WalkProgress | null;
  readonly plain?: boolean;
  readonly host?: MemoryHost;
  readonly way?: readonly string[];
  readonly unfinished?: 'apply' | 'undo';
}

/** A walk on a terminal that exists in memory: keys go in, what is seen comes out. */
export class Walking {
  readonly screen: Screen;
  readonly host: MemoryHost;
  readonly result: Promise<WalkResult>;
  readonly #keys = new Keys();
  readonly #output: Output;
  readonly #plain: boolean;
  #ending: (() => void) | null = null;

  constructor(plan: Plan, setup: WalkSetup = {}) {
    begun.add(this);
    this.#plain = setup.plain === true || setup.env?.TERM === 'dumb';
    this.screen = new Screen(setup.columns ?? 80, setup.rows ?? 24);
    this.#output = new Output(this.screen);
    this.host = setup.host ?? new MemoryHost(plan, findingFiles);
    const terminal: Terminal = {
      interrupt: () => this.die(),
      leaveInterrupts: () => async () => undefined,
      stdin: this.#keys as unknown as NodeJS.ReadStream,
      stdout: this.#output as unknown as NodeJS.WriteStream,
      env: setup.env ?? { LANG: 'C.UTF-8' },
      onEnd: (restore) => {
        this.#ending = restore;
        return () => {
          this.#ending = null;
        };
      },
    };
    const { host } = this;
    const { progress = null, plain = false, way = [], unfinished = null } = setup;
    const options = { plan, host, terminal, progress, plain, way, unfinished };
    // Loaded already: a key is answered at once.
    this.result = walk({ ...options, loadView: async () => view });
    this.result.catch(() => {});
  }

  /** Everything that was written, control sequences too. */
  get written(): string {
    return this.#output.raw;
  }

  /** How often something was written, and when that was last, in milliseconds. */
  get frames(): number {
    return this.#output.frames;
  }

  get lastFrame(): number {
    return this.#output.lastFrame;
  }

  /** Whether keys are read one by one, without echo. */
  get raw(): boolean {
    return this.#keys.isRaw;
  }

  /** Presses keys one after the other, named as in `key.ts`. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#keys.write(sent[key] ?? key);
      await settle();
    }
  }

  /** Types a text and Enter. */
  async type(text: string): Promise<void> {
    await this.press(...(text === '' ? [] : [text]), 'enter');
  }

  /** Types a line into a terminal that is read line by line. */
  async line(text: string): Promise<void> {
    this.#keys.write(`${text}\n`);
    await settle();
  }

  /** Ends the input, as closing the terminal does. */
  close(): void {
    this.#keys.end();
  }

  /** Leaves the walk, whatever it is at. */
  async leave(): Promise<void> {
    if (this.#plain) this.close();
    else await this.press('ctrl-c');
    await this.result.catch(() => {});
  }

  /** Waits until the screen shows a text. */
  async sees(text: string): Promise<void> {
    await this.until(() => this.screen.text.includes(text), `to see ${JSON.stringify(text)}`);
  }

  /** Waits until plain output has a text. */
  async hears(text: string): Promise<void> {
    await this.until(() => this.screen.normal.includes(text), `to hear ${JSON.stringify(text)}`);
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      if (holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`waited in vain ${what}; the screen is\n${this.screen.text}\n${this.screen.normal}`);
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.screen.resize(columns, rows);
    this.#output.emit('resize');
    await settle();
  }

  /** The process ends by a signal or an error. */
  die(): void {
    begun.delete(this);
    this.#ending?.();
  }

  /** The row of the list that is marked. */
  get marked(): string {
    return this.screen.lines.find((line) => line.startsWith('▸')) ?? '';
  }
}

const begun = new Set<Walking>();

/** Leaves every walk that a test began. */
export async function leaveWalks(): Promise<void> {
  for (const walking of begun) {
    await walking.leave();
  }
  begun.clear();
}

/** Lets Ink read a key and draw. An escape alone is told from a sequence by the time that passes. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
