import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UpgradeError } from '../../errors/error.ts';
import { openUpgrade } from '../../library/open.ts';
import { cacheOf } from '../../library/run-environment.ts';
import { count } from '../../plan/sections.ts';
import type { Opening } from '../../tui/opening.ts';
import type { Terminal } from '../../tui/terminal.ts';
import { forSession } from '../engine.ts';
import { type Answer, type CommandContext, done, type Invocation } from '../invocation.ts';
import { applyContext, openFor, runEnvironmentOf, upgradeOptions } from '../upgrade.ts';

/** Makes the plan while `opened` is shown, and walks through it. Throws what `openUpgrade` throws, and `interrupted`. */
export async function walkProject(
  invocation: Invocation,
  cli: CommandContext,
  { terminal, opened }: { readonly terminal: Terminal; readonly opened: Opening },
): Promise<Answer> {
  const { quiet, verbose, plain = false } = invocation.options;
  const hints = new Set<string>();
  // Nothing but the walk may write to its screen.
  const own: CommandContext = {
    ...cli,
    progress: (message) => opened.show(message),
    hint: (text) => quiet || hints.add(text),
    detail: (text) => quiet || !verbose || hints.add(text),
  };
  const upgrade = await openFor(invocation, own, async (found) => {
    opened.found(found);
    await heard(cli);
  });
  await heard(cli);
  const given = upgradeOptions(invocation, own);
  const [{ walk }, { ProjectHost }] = await Promise.all([import('../../tui/walk.ts'), import('./host.ts')]);
  const progressFile = progressFileOf(upgrade.loaded.root, cli);
  const again = { ...runEnvironmentOf(cli), progress: () => undefined };
  const host = new ProjectHost({
    upgrade,
    open: (wish) => openUpgrade(upgrade.loaded.root, { ...given, ...wish }, again),
    context: await applyContext(upgrade.loaded.root, cli),
    editor: cli.context.env.VISUAL || cli.context.env.EDITOR || 'vi',
    progressFile,
  });
  const { carriedOut, left } = await walk({
    plan: upgrade.plan,
    terminal,
    host,
    progress: await earlierProgress(progressFile),
    plain,
    stage: opened.handOver(),
    loadView: () => {
      forSession();
      return import('../../tui/view/shown.tsx');
    },
    message: [...hints].join(' '),
  });
  return done(`Carried out ${count(carriedOut.length, 'step')}; ${left.length} not decided on.\n`);
}

/** Takes the keys that were pressed while nothing else could be done. Throws `interrupted` when one of them asked to stop. */
async function heard({ signal }: CommandContext): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new UpgradeError('interrupted');
}

/** Kept in the cache: the project is not written to for what only this machine needs. */
function progressFileOf(root: string, cli: CommandContext): string {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(cacheOf(runEnvironmentOf(cli)), 'walks', `${key}.json`);
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
