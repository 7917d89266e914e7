import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Pending } from '../apply/pending.ts';
import { UpgradeError } from '../errors/error.ts';
import { type Leg, openUpgrade, type Upgrade, type UpgradeOptions, type UpgradeSpan } from '../library/open.ts';
import { cacheOf, type RunEnvironment } from '../library/run-environment.ts';
import { flagsFor, parseFlags } from '../pristine/flags.ts';
import { gitOutput } from '../project/git.ts';
import type { CommandContext, Invocation } from './invocation.ts';
import { usage } from './parser.ts';

/** What the library wants to know of a run. */
export function runEnvironmentOf({ context, signal, progress, doing }: CommandContext): RunEnvironment {
  return { env: context.env, platform: context.platform, signal, progress, doing };
}

/** Opens the project that a command is about, and says on stderr what a person should know of it. */
export async function openFor(invocation: Invocation, cli: CommandContext): Promise<Upgrade> {
  const upgrade = await opened(invocation, cli);
  await hintUnfinished(upgrade.loaded.root, cli);
  return upgrade;
}

/** The same without a word on an apply or undo that is unfinished. */
export async function opened(
  invocation: Invocation,
  cli: CommandContext,
  found?: (found: UpgradeSpan) => Promise<void>,
): Promise<Upgrade> {
  const path = invocation.arguments[0] ?? '.';
  const upgrade = await openUpgrade(path, upgradeOptions(invocation, cli), runEnvironmentOf(cli), found);
  if (!invocation.options.stepwise) hintWithoutText([upgrade], cli);
  hintDropped(upgrade, cli);
  return upgrade;
}

/** Why plans do without generated text, where a step wants it; of several, each that does is named. */
export function hintWithoutText(plans: readonly Leg[], cli: CommandContext): void {
  for (const { plan, withoutText } of plans) {
    const which = plans.length === 1 ? '' : ` ${plan.from} → ${plan.to}`;
    if (withoutText === null) continue;
    const say = plan.steps.some(({ status }) => status === 'needs-source') ? cli.hint : cli.detail;
    say(`Planned${which} without generated text. ${withoutText}`);
  }
}

/** What a project is planned with, by the words of a command. */
export function upgradeOptions({ options, generatorFlags, command }: Invocation, cli: CommandContext): UpgradeOptions {
  const { from, to, source, pack, archive, offline, migrations } = options;
  return {
    ...{ from, to, source, pack, archive, offline, migrations },
    flags: generatorFlags === null ? undefined : flagsAfter(generatorFlags, command, cli),
  };
}

/** The flags after `--` for a project that exists, whose names are its own. Throws `unknown-flag`, `usage`. */
function flagsAfter(words: readonly string[], command: string, cli: CommandContext): readonly string[] {
  const { flags, names, dropped } = parseFlags(words);
  if (Object.keys(names).length > 0) throw usage(command, 'The names are read from the project, not given.');
  for (const { flag, reason } of dropped) cli.hint(`${flag} is left out: ${reason}.`);
  return flags;
}

/** Flags that the target no longer takes, said once. */
function hintDropped({ loaded, plan }: Upgrade, cli: CommandContext): void {
  const flags = loaded.detection.flags.map(({ flag }) => flag);
  for (const { flag, reason } of flagsFor(plan.to, flags).dropped) cli.detail(`${flag} in ${plan.to}: ${reason}.`);
}

/** Says so while an apply or undo is unfinished: a plan of half-written files would mislead. */
async function hintUnfinished(root: string, cli: CommandContext): Promise<void> {
  const unfinished = await unfinishedIn(root, cli);
  if (unfinished === null) return;
  const { message, remedy } = new UpgradeError('unfinished-apply', { operation: unfinished.operation });
  cli.hint(unfinished.running ? `An ${unfinished.operation} is at work in this project.` : `${message} ${remedy}`);
}

/** The apply or undo of a project that did not come to its end. Throws what `pending` throws. */
export async function unfinishedIn(root: string, cli: CommandContext): Promise<Pending | null> {
  if (!(await hasJournals(root, cacheOf(runEnvironmentOf(cli))))) return null;
  const { pending } = await import('../apply/pending.ts');
  return pending(await applyContext(root, cli));
}

/** Whether anything was ever applied here, or outside git anywhere: a cheap look before what reads journals is loaded. */
async function hasJournals(root: string, cache: string): Promise<boolean> {
  // Git itself has to say where only for worktrees, submodules and projects below a repository's root.
  if (existsSync(join(root, '.git', 'HEAD'))) return existsSync(join(root, '.git', 'phx-upgrade'));
  const inGit = (await gitOutput(root, ['rev-parse', '--git-path', 'phx-upgrade']))?.replace(/\r?\n$/, '');
  return existsSync(inGit === undefined ? join(cache, 'journals') : resolve(root, inGit));
}

/** Where applying takes place. */
export async function applyContext(root: string, cli: CommandContext) {
  const { localMachine } = await import('../apply/local-machine.ts');
  return { machine: localMachine(), root, cache: cacheOf(runEnvironmentOf(cli)) };
}
