import type { TextOptions } from '../report/text/paint.ts';
import type { Context } from './context.ts';
import type { Options } from './options.ts';

/** Colours and width of text for a stream, or for a file where `isTerminal` is false. */
export function layoutOf({ color }: Options, { env }: Context, isTerminal: boolean, width: number): TextOptions {
  const isWanted = color !== false && !env.NO_COLOR && env.TERM !== 'dumb';
  return { color: isWanted && isTerminal, width: Math.max(40, width) };
}
