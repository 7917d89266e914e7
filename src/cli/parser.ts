import { Argument, Command, CommanderError, Help, Option } from 'commander';
import { UpgradeError } from '../errors/error.ts';
import {
  type CommandDeclaration,
  type CommandName,
  commands,
  exitCodes,
  type OptionDeclaration,
  optionGroups,
} from './declarations.ts';
import type { Invocation } from './invocation.ts';
import type { Options } from './options.ts';

/** Asked for help: the text, which is an answer and no failure. */
export class HelpAsked extends Error {
  readonly text: string;

  constructor(text: string) {
    super('help');
    this.text = text;
  }
}

/**
 * Reads a command's words. Those after the first `--` are generator flags. Throws `usage` with the nearest known
 * option, and `HelpAsked`.
 */
export function parseCommand(declaration: CommandDeclaration, argv: readonly string[]): Invocation {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const generatorFlags = end === -1 ? null : argv.slice(end + 1);
  if (generatorFlags !== null && !declaration.generatorFlags) {
    throw usage(declaration.name, `phx-upgrade ${declaration.name} takes no generator flags after --.`);
  }
  const parsed = parse(commandOf(declaration), declaration.name, words);
  return {
    command: declaration.name as CommandName,
    arguments: parsed.processedArgs.filter((argument): argument is string => typeof argument === 'string'),
    options: parsed.opts<Options>(),
    generatorFlags,
  };
}

function parse(command: Command, name: string, words: readonly string[]): Command {
  let said = '';
  command.exitOverride().configureOutput({
    writeOut: (text) => {
      said += text;
    },
    writeErr: (text) => {
      said += text;
    },
  });
  try {
    return command.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') throw new HelpAsked(said);
    throw usage(name, sentence(said));
  }
}

/** `error: unknown option '--tp'\n(Did you mean --to?)` as a sentence. */
function sentence(said: string): string {
  const text = said
    .replace(/^error: /, '')
    .trim()
    .split(/\s*\n\s*/)
    .join(' ');
  const whole = /[.?!)]$/.test(text) ? text : `${text}.`;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

/** The error `usage` of a command, with the reason as a sentence. */
export function usage(command: string, reason: string): UpgradeError {
  return new UpgradeError('usage', { command, reason });
}

/** A command for commander, made from its declaration. */
function commandOf(declaration: CommandDeclaration): Command {
  const { name, purpose, options, generatorFlags } = declaration;
  const command = new Command(name).description(purpose).allowExcessArguments(false);
  command.usage([...usageWords(declaration), ...(generatorFlags ? ['[-- generator flags]'] : [])].join(' '));
  for (const [index, word] of argumentWords(declaration).entries()) {
    const argument = new Argument(word);
    if (index === 0 && declaration.words) argument.choices(declaration.words);
    command.addArgument(argument);
  }
  // Commander takes `--no-verify` for a default of true unless it knows `--verify` by then.
  const ordered = [...options].sort((a, b) => Number(isNegated(a)) - Number(isNegated(b)));
  for (const group of optionGroups) {
    for (const option of ordered) if (option.group === group) command.addOption(optionOf(option));
  }
  command.helpOption('-h, --help', 'show this help');
  command.configureHelp({ commandUsage: () => `phx-upgrade ${name} ${command.usage()}` });
  return command.addHelpText('after', () => closing(declaration));
}

function isNegated({ flags }: OptionDeclaration): boolean {
  return flags.startsWith('--no-');
}

function argumentWords({ arguments: words }: CommandDeclaration): string[] {
  return words.split(' ').filter(Boolean);
}

function usageWords({ arguments: words, options }: CommandDeclaration): string[] {
  return [words, options.length > 0 ? '[options]' : ''].filter(Boolean);
}

function optionOf({ flags, description, choices, group }: OptionDeclaration): Option {
  const option = new Option(flags, description).helpGroup(`${group}:`);
  return choices.length > 0 ? option.choices(choices) : option;
}

/** Examples and exit codes, below the options. */
function closing({ examples, exits }: CommandDeclaration): string {
  const codes = [...exits, 4, 70].sort((a, b) => a - b);
  return [
    '',
    'Examples:',
    ...examples.map((example) => `  phx-upgrade ${example}`),
    '',
    'Exit codes:',
    ...codes.map((code) => `  ${String(code).padStart(2)}  ${exitCodes[code]}`),
  ].join('\n');
}

/** What `phx-upgrade --help` prints. */
export function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const help = new Help();
  help.helpWidth = 80;
  return `${[
    'Usage: phx-upgrade [command] [path] [options]',
    '',
    'Plans and carries out Phoenix upgrades: what changed in the generator, what of',
    'it reaches your app, and the patches.',
    'Without a command: walk through the plan in a terminal, print it elsewhere.',
    '',
    'Commands:',
    ...commands.map(({ name, purpose }) => help.formatItem(name, width, purpose, help)),
    '',
    'Options:',
    '  -h, --help     show this help; phx-upgrade COMMAND --help says more',
    '  -V, --version  print the version',
    '',
    'Exit codes:',
    ...Object.entries(exitCodes).map(([code, meaning]) => help.formatItem(code.padStart(2), 2, meaning, help)),
  ].join('\n')}\n`;
}
