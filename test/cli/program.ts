import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Context, Output } from '../../src/cli/context.ts';
import { explain } from '../../src/cli/failure.ts';
import { run } from '../../src/cli/run.ts';
import { type Ended, plainEnvironment } from './built.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/**
 * Runs the program with some words in a directory, without a terminal, inside this process: a process of its own would
 * spend most of its time on starting. What concerns the process itself is tested with `builtProgram`.
 */
export async function phxUpgrade(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  typed: readonly string[] = [],
  isTerminal = false,
): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const before = { cwd: process.cwd(), env: process.env };
  process.chdir(cwd);
  process.env = { ...plainEnvironment, ...env };
  const context = contextWith(process.env, [...typed], {
    stdout: {
      ...outputTo((text) => {
        written.stdout += text;
      }),
      isTerminal,
    },
    stderr: outputTo((text) => {
      written.stderr += text;
    }),
  });
  try {
    return { code: await ended(words, context), ...written };
  } finally {
    process.env = before.env;
    process.chdir(before.cwd);
  }
}

async function ended(words: readonly string[], context: Context): Promise<number> {
  try {
    return await run(words, version, context);
  } catch (error) {
    return explain(error, words, context);
  }
}

function contextWith(env: Context['env'], input: string[], outputs: Pick<Context, 'stdout' | 'stderr'>): Context {
  return {
    env,
    platform: process.platform,
    stdinIsTerminal: false,
    ...outputs,
    interrupts: new EventEmitter(),
    terminal: () => Promise.reject(new Error('There is no terminal here.')),
    answers: { next: async () => input.shift() ?? null },
    now: () => performance.now(),
    everySecond: () => () => undefined,
  };
}

function outputTo(write: (text: string) => void): Output {
  return { isTerminal: false, columns: 80, write };
}
