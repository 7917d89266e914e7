import type { Progress } from './sources/source.ts';

/** A terminal or a file, its clock and its timer. */
export interface ProgressScreen {
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Calls back every second until the function it gives is called. */
  everySecond(tick: () => void): () => void;
}

/** Says which local work begins, such as reading; null says that it is over. */
export type Doing = (what: string | null) => void;

/** Shows what is being done; `end` removes what a terminal still shows. */
export interface ProgressDisplay {
  readonly show: Progress;
  /** For who waits at a terminal: where there is none it says nothing. */
  readonly doing: Doing;
  end(): void;
}

/** On a terminal one line with the seconds elapsed, redrawn; elsewhere a plain line for each step. */
export function progressDisplay(screen: ProgressScreen): ProgressDisplay {
  if (screen.isTerminal) return new ProgressLine(screen);
  const nothing = () => undefined;
  return { show: (message) => screen.write(`${message}\n`), doing: nothing, end: nothing };
}

class ProgressLine implements ProgressDisplay {
  readonly #screen: ProgressScreen;
  #message = '';
  #since = 0;
  #stop: (() => void) | null = null;

  constructor(screen: ProgressScreen) {
    this.#screen = screen;
  }

  readonly show = (message: string): void => {
    this.#message = message;
    this.#since = this.#screen.now();
    this.#stop ??= this.#screen.everySecond(() => this.#draw());
    this.#draw();
  };

  readonly doing: Doing = (what) => {
    if (what === null) this.end();
    else this.show(what);
  };

  end(): void {
    this.#stop?.();
    if (this.#stop) this.#screen.write('\r\u001b[K');
    this.#stop = null;
  }

  #draw(): void {
    const seconds = Math.floor((this.#screen.now() - this.#since) / 1000);
    const elapsed = ` (${seconds} s)`;
    const room = Math.max(0, this.#screen.columns - 1 - elapsed.length);
    this.#screen.write(`\r\u001b[K${this.#message.slice(0, room)}${elapsed}`);
  }
}
