import { existsSync } from 'node:fs';
import { nearest } from '../errors/did-you-mean.ts';
import { UpgradeError } from '../errors/error.ts';
import { type CommandName, commands } from './declarations.ts';

/** The command that words begin with or contain first, and the other words; null where they name none. */
export interface Dispatched {
  readonly command: CommandName | null;
  readonly rest: readonly string[];
}

/**
 * Finds the command among the words: the first that is neither an option nor an option's value. Any other first word
 * is a path for the command that runs without a name. Throws `unknown-command`.
 */
export function dispatch(argv: readonly string[]): Dispatched {
  const index = firstWord(argv);
  const word = argv[index];
  if (word === undefined) return { command: null, rest: argv };
  const command = commands.find(({ name }) => name === word)?.name;
  if (command) return { command, rest: argv.filter((_, at) => at !== index) };
  if (!/[/\\.~]/.test(word) && !existsSync(word)) throw unknownCommand(word);
  return { command: null, rest: argv };
}

/** Options that take a value, from all declarations. */
const valued: ReadonlySet<string> = new Set(
  commands.flatMap(({ options }) =>
    options.flatMap(({ flags }) => (flags.includes('<') ? [flags.split(' ')[0] ?? ''] : [])),
  ),
);

function firstWord(argv: readonly string[]): number {
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return argv.length;
    if (!word.startsWith('-')) return at;
    if (valued.has(word)) at += 1;
  }
  return argv.length;
}

function unknownCommand(command: string): UpgradeError {
  const near = nearest(
    command,
    commands.map(({ name }) => name),
  );
  return new UpgradeError(
    'unknown-command',
    near === undefined ? { command } : { command, hint: `Did you mean ${near}?` },
  );
}
