import { finishedApplies } from '../../apply/finished.ts';
import { undo } from '../../apply/recover.ts';
import { rememberedOf, takenBack } from '../../library/memory.ts';
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
  const outcome = await undo(context, { force: options.force ?? false });
  await takenBack(await rememberedOf(context.root, context.cache));
  if (!wantsJson(options)) return done(undoText(outcome));
  const { undoDocument } = await import('../../report/document/outcome.ts');
  return done(jsonText(undoDocument(outcome, cli.version)));
};
