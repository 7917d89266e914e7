import { finishedApplies } from '../../apply/finished.ts';
import type { ApplyContext } from '../../apply/machine.ts';
import { undo } from '../../apply/recover.ts';
import { rememberedOf, takenBack } from '../../library/memory.ts';
import type { UndoOutcome } from '../../library/outcome.ts';
import { jsonText } from '../../plan/escape.ts';
import { locateProject } from '../../project/locate.ts';
import { undoListText, undoText } from '../../report/text/outcome.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { applyContext } from '../upgrade.ts';

export const run: CommandRun = async ({ arguments: [path = '.'], options }, cli) => {
  const context = await applyContext(locateProject(path), cli);
  if (options.list) {
    const applies = await finishedApplies(context);
    if (!wantsJson(options)) return done(undoListText(applies));
    const { undoListDocument } = await import('../../report/document/outcome.ts');
    return done(jsonText(undoListDocument(applies, cli.version)));
  }
  const force = options.force ?? false;
  const outcome = options.step ? await undoSteps(context, options.step, force) : await undo(context, { force });
  if (!options.step) await takenBack(await rememberedOf(context.root, context.cache));
  if (!wantsJson(options)) return done(undoText(outcome));
  const { undoDocument } = await import('../../report/document/outcome.ts');
  return done(jsonText(undoDocument(outcome, cli.version)));
};

/** Takes steps back one after the other: each is an apply of its own but where it was one already. */
async function undoSteps(context: ApplyContext, steps: readonly string[], force: boolean): Promise<UndoOutcome> {
  const { undoStep } = await import('../../library/undo-step.ts');
  const done: UndoOutcome[] = [];
  for (const step of steps) {
    const { isWholeApply, ...outcome } = await undoStep(context, step, { force });
    if (isWholeApply) await takenBack(await rememberedOf(context.root, context.cache));
    done.push(outcome);
  }
  return {
    steps: done.flatMap((one) => one.steps),
    files: [...new Set(done.flatMap(({ files }) => files))].sort(),
    commits: done.flatMap(({ commits }) => commits),
    reverts: done.flatMap(({ reverts = [] }) => reverts),
    copies: done.flatMap(({ copies }) => copies),
    commitsKept: done.some(({ commitsKept }) => commitsKept),
  };
}
