import { once } from 'node:events';
import { PassThrough } from 'node:stream';

/**
 * What Ink reads keys from. Ink itself never stops reading from a terminal, and would take the keys meant for an
 * editor; this one lets go of the terminal and takes it again.
 */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  readonly #terminal: NodeJS.ReadStream;
  readonly #pass = (keys: string | Buffer): void => {
    this.write(keys);
  };

  constructor(terminal: NodeJS.ReadStream) {
    super();
    this.#terminal = terminal;
  }

  /** Every key press from now on, without echo. Safe to call twice. */
  listen(): void {
    this.#terminal.setRawMode(true);
    this.#terminal.off('data', this.#pass);
    this.#terminal.on('data', this.#pass);
    this.#terminal.resume();
  }

  /** Leaves the keys to others, and the terminal as it was. Safe to call twice. */
  release(): void {
    this.#terminal.off('data', this.#pass);
    this.#terminal.pause();
    this.#terminal.setRawMode(false);
  }

  /** Waits for one key, which goes nowhere else. */
  async anyKey(ask: () => void): Promise<void> {
    this.#terminal.setRawMode(true);
    const pressed = once(this.#terminal, 'data');
    this.#terminal.resume();
    ask();
    await pressed;
    this.release();
  }

  /** For Ink: the mode is what `listen` and `release` say. */
  setRawMode(): this {
    return this;
  }

  ref(): void {}

  unref(): void {}
}
