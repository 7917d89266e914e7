import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Screen } from '../../support/screen.ts';

/** What a terminal sends for keys that are no character. */
export const sent: Readonly<Record<string, string>> = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'page-up': '\x1b[5~',
  'page-down': '\x1b[6~',
  home: '\x1b[H',
  end: '\x1b[F',
  enter: '\r',
  tab: '\t',
  escape: '\x1b',
  backspace: '\x7f',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
};

/** Keys of a terminal that exists in memory. */
export class Keys extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(on: boolean): this {
    this.isRaw = on;
    return this;
  }
}

/** Its screen, with what was written to it. */
export class Output extends EventEmitter {
  readonly isTTY = true;
  readonly screen: Screen;
  raw = '';
  frames = 0;
  lastFrame = 0;

  constructor(screen: Screen) {
    super();
    this.screen = screen;
  }

  get columns(): number {
    return this.screen.columns;
  }

  get rows(): number {
    return this.screen.rows;
  }

  write(text: string): boolean {
    this.raw += text;
    this.frames += 1;
    this.lastFrame = performance.now();
    this.screen.write(text);
    return true;
  }
}
