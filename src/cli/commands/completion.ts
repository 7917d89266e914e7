import { locateProject } from '../../project/locate.ts';
import { completionScript, type Shell } from '../completion.ts';
import { type CommandContext, type CommandRun, done } from '../invocation.ts';
import { shownSteps } from '../shown-steps.ts';
import { runEnvironmentOf } from '../upgrade.ts';

export const run: CommandRun = async ({ arguments: [word = 'bash'] }, cli) => {
  if (word === 'steps') return done(lines(await stepIds(cli)));
  if (word === 'versions') return done(lines(await versions()));
  return done(completionScript(word as Shell));
};

function lines(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join('');
}

/** Of the plan shown last and the upgrade under way here; else those that any plan may have. Nothing is planned for a press of a key. */
async function stepIds(cli: CommandContext): Promise<readonly string[]> {
  const [{ rememberedOf }, { cacheOf }] = await Promise.all([
    import('../../library/memory.ts'),
    import('../../library/run-environment.ts'),
  ]);
  try {
    const root = locateProject('.');
    const { memory } = await rememberedOf(root, cacheOf(runEnvironmentOf(cli)));
    const known = new Set([...shownSteps(root, cli), ...(memory?.steps ?? [])]);
    if (known.size > 0) return [...known].sort();
  } catch {
    // No project is around, or nothing can be read of it: what any plan may have will do.
  }
  const { catalogue } = await import('../../topics/catalogue.ts');
  return catalogue.map(({ id }) => id).sort();
}

async function versions(): Promise<readonly string[]> {
  const { SnapshotStore } = await import('../../pristine/snapshots.ts');
  const all = new SnapshotStore().index.versions;
  const minors = new Set(all.map((version) => version.split('.').slice(0, 2).join('.')));
  return ['latest', ...minors, ...all];
}
