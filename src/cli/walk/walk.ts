import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UpgradeError } from '../../errors/error.ts';
import { openUpgrade, type Upgrade } from '../../library/open.ts';
import { cacheOf } from '../../library/run-environment.ts';
import { knownVersion } from '../../library/version.ts';
import { count } from '../../plan/sections.ts';
import { stopsBetween } from '../../plan/stepwise.ts';
import { keyOf } from '../../project/state-directory.ts';
import { progressText } from '../../report/text/upgrade.ts';
import type { Opening } from '../../tui/opening.ts';
import type { Terminal } from '../../tui/terminal.ts';
import { forSession } from '../engine.ts';
import { type Answer, type CommandContext, done, type Invocation } from '../invocation.ts';
import { keepShownSteps } from '../shown-steps.ts';
import { applyContext, opened, runEnvironmentOf, unfinishedIn, upgradeOptions } from '../upgrade.ts';

/** Makes the plan while `opening` is shown, and walks through it. Throws what `openUpgrade` throws, and `interrupted`. */
export async function walkProject(
  invocation: Invocation,
  cli: CommandContext,
  { terminal, opening }: { readonly terminal: Terminal; readonly opening: Opening },
): Promise<Answer> {
  const { quiet, verbose, plain = false } = invocation.options;
  const hints = new Set<string>();
  // Nothing but the walk may write to its screen.
  const own: CommandContext = {
    ...cli,
    progress: (message) => opening.show(message),
    doing: opening.doing,
    hint: (text) => quiet || hints.add(text),
    detail: (text) => quiet || !verbose || hints.add(text),
  };
  const upgrade = await opened(invocation, own, async (found) => {
    opening.found(found);
    await heard(cli);
  });
  await heard(cli);
  const given = upgradeOptions(invocation, own);
  const [{ walk }, { ProjectHost }] = await Promise.all([import('../../tui/walk.ts'), import('./host.ts')]);
  keepShownSteps(upgrade.loaded.root, upgrade.plan, cli);
  const unfinished = await stoppedHalfway(upgrade, own);
  const progressFile = progressFileOf(upgrade.loaded.root, cli);
  const again = { ...runEnvironmentOf(cli), progress: () => undefined, doing: undefined };
  const host = new ProjectHost({
    upgrade,
    open: (wish) => openUpgrade(upgrade.loaded.root, { ...given, ...wish }, again),
    context: await applyContext(upgrade.loaded.root, cli),
    editor: cli.context.env.VISUAL || cli.context.env.EDITOR || 'vi',
    progressFile,
  });
  const { carriedOut, left, plan } = await walk({
    plan: upgrade.plan,
    terminal,
    host,
    progress: await earlierProgress(progressFile),
    plain,
    stage: opening.handOver(),
    loadView: () => {
      forSession();
      return import('../../tui/view/shown.tsx');
    },
    message: [...hints].join(' '),
    way: wayOf(upgrade),
    unfinished,
  });
  const said = `Carried out ${count(carriedOut.length, 'step')}; ${left.length} not decided on.\n`;
  return done(plan.upgrade === undefined ? said : `${said}\n${progressText(plan, cli.layout)}`);
}

/** What another process is at work on is said, and left to it. */
async function stoppedHalfway({ loaded }: Upgrade, cli: CommandContext): Promise<'apply' | 'undo' | null> {
  const unfinished = await unfinishedIn(loaded.root, cli);
  if (unfinished?.running) cli.hint(`An ${unfinished.operation} is at work in this project.`);
  return unfinished === null || unfinished.running ? null : unfinished.operation;
}

/** Where an upgrade in legs stops, up to the newest version, however far this plan goes. */
function wayOf({ plan, loaded }: Upgrade): readonly string[] {
  const { history, flags } = loaded.detection;
  const names = flags.map(({ flag }) => flag);
  return stopsBetween(plan.from, knownVersion('latest', history.versions), history.versions, names);
}

/** Takes the keys that were pressed while nothing else could be done. Throws `interrupted` when one of them asked to stop. */
async function heard({ signal }: CommandContext): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new UpgradeError('interrupted');
}

/** Kept in the cache: the project is not written to for what only this machine needs. */
function progressFileOf(root: string, cli: CommandContext): string {
  return join(cacheOf(runEnvironmentOf(cli)), 'walks', `${keyOf(root)}.json`);
}

/** What an earlier walk left; null when there is none, or it cannot be read. */
async function earlierProgress(file: string) {
  if (!existsSync(file)) return null;
  const { readProgress } = await import('../../tui/progress.ts');
  try {
    return readProgress(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A walk from the start loses nothing.
    return null;
  }
}
