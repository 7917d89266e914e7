import { writeFileSync } from 'node:fs';
import { UpgradeError } from '../errors/error.ts';
import { manyLines } from '../plan/escape.ts';
import { untilInterrupted } from '../pristine/interrupt.ts';
import { type Doing, progressDisplay } from '../pristine/progress.ts';
import type { Context } from './context.ts';
import { type CommandName, declarationOf } from './declarations.ts';
import { dispatch } from './dispatch.ts';
import type { Answer, CommandContext, CommandRun, Invocation } from './invocation.ts';
import { layoutOf } from './layout.ts';
import type { Options } from './options.ts';

/** Each command's module is loaded when it is asked for. */
const modules: Readonly<Record<CommandName, () => Promise<{ readonly run: CommandRun }>>> = {
  plan: () => import('./commands/plan.ts'),
  walk: () => import('./commands/walk.ts'),
  apply: () => import('./commands/apply.ts'),
  upgrade: () => import('./commands/upgrade.ts'),
  mark: () => import('./commands/mark.ts'),
  undo: () => import('./commands/undo.ts'),
  check: () => import('./commands/check.ts'),
  detect: () => import('./commands/detect.ts'),
  diff: () => import('./commands/diff.ts'),
  generate: () => import('./commands/generate.ts'),
  versions: () => import('./commands/versions.ts'),
  pack: () => import('./commands/pack.ts'),
  cache: () => import('./commands/cache.ts'),
  explain: () => import('./commands/explain.ts'),
  topics: () => import('./commands/topics.ts'),
  completion: () => import('./commands/completion.ts'),
};

/** Runs the program: the answer goes to stdout or to `--output`. Gives the exit code; throws what the command throws. */
export async function run(argv: readonly string[], version: string, context: Context): Promise<number> {
  const first = argv[0];
  if (first === '--version' || first === '-V') return say(context, `${version}\n`);
  const help = first === 'help' ? [...argv.slice(1, 2), '--help'] : argv;
  const { overview, parseCommand, HelpAsked } = await import('./parser.ts');
  if (help[0] === '--help' || help[0] === '-h') return say(context, overview());
  const { command, rest } = dispatch(help);
  try {
    const invocation = parseCommand(declarationOf(command ?? unnamed(rest, context)), rest);
    return await carryOut(invocation, command === null, version, context);
  } catch (error) {
    if (error instanceof HelpAsked) return say(context, error.text);
    throw error;
  }
}

function say(context: Context, text: string): number {
  context.stdout.write(text);
  return 0;
}

/** Without a command a person walks; what is not at a terminal, or asks for a document, gets the plan. */
function unnamed(words: readonly string[], { stdinIsTerminal, stdout }: Context): CommandName {
  const asksForDocument = words.some((word) => /^--(json|format|output)\b/.test(word));
  return stdinIsTerminal && stdout.isTerminal && !asksForDocument ? 'walk' : 'plan';
}

async function carryOut(invocation: Invocation, isUnnamed: boolean, version: string, context: Context) {
  const { options, command } = invocation;
  const display = progressDisplay({
    isTerminal: context.stderr.isTerminal,
    columns: context.stderr.columns,
    write: (text) => context.stderr.write(text),
    now: () => context.now(),
    everySecond: (tick) => context.everySecond(tick),
  });
  // Said below the answer, where they are read.
  const hints: string[] = [];
  try {
    const answer = await untilInterrupted(context.interrupts, async (signal) => {
      const cli = commandContextOf({
        options,
        version,
        context,
        signal,
        progress: display.show,
        doing: display.doing,
        say: (text) => hints.push(text),
      });
      if (isUnnamed && command === 'plan') cli.hint('No terminal to walk in: this is phx-upgrade plan.');
      const { run: runCommand } = await modules[command]();
      return runCommand(invocation, cli);
    });
    display.end();
    give(answer, options, context);
    return answer.exit;
  } finally {
    display.end();
    for (const hint of hints) context.stderr.write(`${manyLines(hint)}\n`);
  }
}

interface CommandContextParts {
  readonly options: Options;
  readonly version: string;
  readonly context: Context;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  readonly doing: Doing;
  readonly say: (text: string) => void;
}

function commandContextOf(parts: CommandContextParts): CommandContext {
  const { options, version, context, signal, progress, doing, say } = parts;
  return {
    context,
    version,
    layout: layoutOf(
      options,
      context,
      options.output === undefined && context.stdout.isTerminal,
      context.stdout.columns,
    ),
    signal,
    progress: options.quiet ? () => undefined : progress,
    doing: options.quiet ? () => undefined : doing,
    hint: (text) => {
      if (!options.quiet) say(text);
    },
    detail: (text) => {
      if (options.verbose && !options.quiet) say(text);
    },
  };
}

/** Writes the answer. Throws `output-failed`. */
function give({ text }: Answer, { output }: Options, context: Context): void {
  if (output === undefined) {
    context.stdout.write(text);
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UpgradeError('output-failed', { path: output, reason }, error);
  }
}
