import type { InterruptSource } from '../pristine/interrupt.ts';
import type { Terminal } from '../tui/terminal.ts';
import { type Answers, answersFrom } from './answers.ts';

/** A stream that text goes to. */
export interface Output {
  readonly isTerminal: boolean;
  /** Width of the terminal; 80 where there is none. */
  readonly columns: number;
  write(text: string): void;
}

/** Everything around a run of the program. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly stdinIsTerminal: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly interrupts: InterruptSource;
  /** The terminal for a walk to have for itself; what drives it is loaded then. */
  terminal(): Promise<Terminal>;
  /** What is typed, or piped in, line by line. */
  readonly answers: Answers;
  /** Milliseconds since any fixed moment. */
  now(): number;
  everySecond(tick: () => void): () => void;
}

/** The environment of this process: the one place that reads them. */
export function processContext(): Context {
  return {
    env: process.env,
    platform: process.platform,
    stdinIsTerminal: process.stdin.isTTY === true,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    interrupts: process,
    terminal: async () => (await import('../tui/terminal.ts')).terminalOf(process),
    answers: answersFrom(process.stdin),
    now: () => performance.now(),
    everySecond: (tick) => {
      const timer = setInterval(tick, 1000);
      return () => clearInterval(timer);
    },
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns ?? 80,
    write: (text) => {
      stream.write(text);
    },
  };
}
