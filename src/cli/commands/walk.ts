import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UpgradeError } from '../../errors/error.ts';
import { openUpgrade } from '../../library/open.ts';
import { cacheOf } from '../../library/surroundings.ts';
import { count } from '../../plan/sections.ts';
import { type CommandRun, type Desk, done } from '../invocation.ts';
import { applyContext, openFor, surroundingsOf, upgradeOptions } from '../upgrade.ts';

export const run: CommandRun = async (invocation, desk) => {
  const { options } = invocation;
  if (!desk.context.stdinIsTerminal || !desk.context.stdout.isTerminal) throw new UpgradeError('needs-terminal');
  const terminal = await desk.context.terminal();
  const upgrade = await openFor(invocation, desk);
  const given = upgradeOptions(invocation, desk);
  // Ink and React, which no other command needs.
  const [{ walk }, { ProjectHost }] = await Promise.all([import('../../tui/walk.ts'), import('../walk/host.ts')]);
  const progressFile = progressFileOf(upgrade.loaded.root, desk);
  const host = new ProjectHost({
    upgrade,
    open: (wish) => openUpgrade(upgrade.loaded.root, { ...given, ...wish }, surroundingsOf(desk)),
    context: await applyContext(upgrade.loaded.root, desk),
    editor: desk.context.env.VISUAL || desk.context.env.EDITOR || 'vi',
    progressFile,
  });
  const progress = await earlierProgress(progressFile);
  const { carriedOut, left } = await walk({
    plan: upgrade.plan,
    terminal,
    host,
    progress,
    plain: options.plain ?? false,
  });
  return done(`Carried out ${count(carriedOut.length, 'step')}; ${left.length} not decided on.\n`);
};

/** Kept in the cache: the project is not written to for what only this machine needs. */
function progressFileOf(root: string, desk: Desk): string {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(cacheOf(surroundingsOf(desk)), 'walks', `${key}.json`);
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
