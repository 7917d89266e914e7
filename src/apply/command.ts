import type { ApplyContext } from './machine.ts';

/** A command line taken apart: `MIX_ENV=test mix test` has one variable, a program and one argument. */
export interface Command {
  readonly env: Readonly<Record<string, string>>;
  readonly program: string;
  readonly args: readonly string[];
}

/** How far a series of commands came. */
export interface CommandsResult {
  /** Commands that ended well, in order. */
  readonly done: readonly string[];
  /** The first one that did not, and why; nothing after it was run. */
  readonly failed: { readonly command: string; readonly reason: string } | null;
}

/** Who wants to know how a series of commands gets on. */
export interface CommandWatch {
  /** Called before a command starts. */
  readonly started: (command: string) => void;
  /** Called with what the command prints, as it comes. */
  readonly output: (text: string) => void;
  /** In seconds, for each command; none where left out. */
  readonly limit?: number | undefined;
}

/**
 * Runs commands in the project's root, one after another, until one fails. They are what a plan lists; nothing
 * else of the project is ever run.
 */
export async function runCommands(
  context: ApplyContext,
  commands: readonly string[],
  watch: CommandWatch,
): Promise<CommandsResult> {
  const done: string[] = [];
  for (const command of commands) {
    const parsed = parseCommand(command);
    if (parsed === null) return { done, failed: { command, reason: 'it needs a shell: run it by hand' } };
    watch.started(command);
    const { program, args, env } = parsed;
    const { output, limit } = watch;
    const ran = await context.machine.run(program, args, { cwd: context.root, env, watch: output, limit });
    if (ran.tookTooLong) return { done, failed: { command, reason: `it took longer than ${limit} s and was ended` } };
    if (ran.exitCode === null) return { done, failed: { command, reason: ran.stderr.trim() || 'it was ended' } };
    if (ran.exitCode !== 0) return { done, failed: { command, reason: `it ended with code ${ran.exitCode}` } };
    done.push(command);
  }
  return { done, failed: null };
}

/**
 * Takes a command line apart, with single and double quotes around words. Null for what only a shell could run
 * (pipes, substitutions, patterns, open quotes), and for an empty line.
 */
export function parseCommand(line: string): Command | null {
  const words: string[] = [];
  const word = /\s*(?:'([^']*)'|"([^"\\$`]*)"|([^\s'"\\$`|&;<>()*?[\]{}#~!]+))(?=\s|$)/y;
  const text = line.trim();
  while (word.lastIndex < text.length) {
    const match = word.exec(text);
    if (match === null) return null;
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  const first = words.findIndex((item) => !/^[A-Za-z_]\w*=/.test(item));
  const program = words[first];
  if (program === undefined) return null;
  const settings = words.slice(0, first).map((item): [string, string] => {
    const end = item.indexOf('=');
    return [item.slice(0, end), item.slice(end + 1)];
  });
  return { env: Object.fromEntries(settings), program, args: words.slice(first + 1) };
}
