import type { Doing } from '../pristine/progress.ts';
import type { TextOptions } from '../report/text/paint.ts';
import type { Context } from './context.ts';
import type { CommandName } from './declarations.ts';
import type { Options } from './options.ts';

/** One command as it was asked for. */
export interface Invocation {
  readonly command: CommandName;
  readonly arguments: readonly string[];
  readonly options: Options;
  /** What stands after `--`; null where there is none. */
  readonly generatorFlags: readonly string[] | null;
}

/** What a command ends with: its answer for stdout or `--output`, and the exit code. */
export interface Answer {
  readonly text: string;
  readonly exit: number;
}

/** What a command works with besides its invocation. */
export interface CommandContext {
  readonly context: Context;
  /** Version of this program. */
  readonly version: string;
  /** How the answer is laid out. */
  readonly layout: TextOptions;
  /** Set off by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  /** What is begun here, for who waits at a terminal. */
  readonly doing: Doing;
  /** A line on stderr, unless quiet. */
  readonly hint: (text: string) => void;
  /** A line on stderr when verbose. */
  readonly detail: (text: string) => void;
}

/** What each module in `commands/` exports as `run`. Rejects with the UpgradeError that ends the program. */
export type CommandRun = (invocation: Invocation, cli: CommandContext) => Promise<Answer>;

/** Whether the answer is to be one JSON document. */
export function wantsJson({ json, format }: Pick<Options, 'json' | 'format'>): boolean {
  return json === true || format === 'json';
}

/** An answer of a command that has nothing to complain of: exit code 0. */
export function done(text: string): Answer {
  return { text, exit: 0 };
}
