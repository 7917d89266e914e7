import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CommandWatch } from '../apply/command.ts';
import type { ApplyContext } from '../apply/machine.ts';
import type { Trial } from '../library/verified.ts';
import { manyLines } from '../plan/escape.ts';
import type { Settings } from '../project/settings.ts';
import { stateDirectory } from '../project/state-directory.ts';
import type { CommandContext } from './invocation.ts';
import type { Options } from './options.ts';
import { usage } from './parser.ts';

/** What shows that a project works, where nobody says. */
const usualCommands = ['mix compile', 'mix test'];

/** A test that takes longer hangs, in most projects. */
const usualMinutes = 30;

/** Whether steps are to be carried out on trial. Throws `usage` for options that contradict each other. */
export function isTrial({ verify, bisect, conflicts, onFailure, verifyEach, verifyMinutes }: Options): boolean {
  const isAsked = Boolean(verify || bisect);
  if (!isAsked && (onFailure || verifyEach || verifyMinutes))
    throw usage('apply', '--on-failure, --verify-each and --verify-minutes go with --verify.');
  if (isAsked && conflicts === 'markers')
    throw usage('apply', 'Markers do not compile: --verify and --bisect take no --conflicts markers.');
  if (bisect && (onFailure === 'keep' || verifyEach === 'phase'))
    throw usage('apply', '--bisect looks for one step and takes it back: leave --on-failure and --verify-each out.');
  return isAsked;
}

/** The commands, their limits, and where what they print is kept. Throws `usage`. */
export async function trialOf(
  { verify, bisect, onFailure, verifyEach, verifyMinutes }: Options,
  settings: Settings['verify'],
  context: ApplyContext,
  cli: CommandContext,
): Promise<Trial> {
  const minutes = verifyMinutes === undefined ? (settings?.minutes ?? usualMinutes) : Number(verifyMinutes);
  if (!(minutes > 0)) throw usage('apply', `--verify-minutes takes a number of minutes, not ${verifyMinutes}.`);
  const log = await keptOutput(context);
  const say = (text: string) => {
    cli.context.stderr.write(text);
    appendFileSync(log, text);
  };
  cli.hint(`What the commands print is kept in ${relative(context.root, log)}.`);
  return {
    commands: Array.isArray(verify) ? verify : (settings?.commands ?? usualCommands),
    bisect: bisect ?? false,
    each: verifyEach ?? 'step',
    onFailure: onFailure ?? 'undo',
    turn: (steps) => say(`# ${steps.length === 0 ? 'before any step' : manyLines(steps.join(', '))}\n`),
    watch: { started: (command) => say(`$ ${manyLines(command)}\n`), output: say, limit: minutes * 60 },
  };
}

/** Beside the journals, and of the last trial alone. */
async function keptOutput({ root, cache }: ApplyContext): Promise<string> {
  const { path } = await stateDirectory(root, cache);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const log = join(path, 'verify.log');
  writeFileSync(log, '', { mode: 0o600 });
  return log;
}

/** Commands and what they print go to stderr. */
export function watchOf(cli: CommandContext): CommandWatch {
  return {
    started: (command) => cli.context.stderr.write(`$ ${manyLines(command)}\n`),
    output: (text) => cli.context.stderr.write(text),
  };
}
