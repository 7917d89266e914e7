import type { TextOptions } from '../report/text/paint.ts';
import type { Context } from './context.ts';
import type { Options } from './options.ts';

/** Colours and width of text for a stream, or for a file where `isTerminal` is false: COLUMNS says how wide that is, else nothing is cut. */
export function layoutOf({ color }: Options, { env }: Context, isTerminal: boolean, width: number): TextOptions {
  const isWanted = color !== false && !env.NO_COLOR && env.TERM !== 'dumb';
  const told = Number(env.COLUMNS);
  const columns = Number.isInteger(told) && told > 0 ? told : null;
  const whole = !isTerminal && columns === null ? { whole: true } : {};
  return { color: isWanted && isTerminal, width: Math.max(40, isTerminal ? width : (columns ?? width)), ...whole };
}
