import { detected } from '../../library/detection.ts';
import { loadProject } from '../../library/load.ts';
import { confirmedBy, settingsOf } from '../../library/open.ts';
import { jsonText } from '../../plan/escape.ts';
import { locateProject } from '../../project/locate.ts';
import { detectText } from '../../report/text/outcome.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';

export const run: CommandRun = async ({ arguments: [path = '.'], options }, cli) => {
  const settings = await settingsOf(locateProject(path));
  const found = detected(await loadProject(path, undefined, confirmedBy({}, settings)));
  if (!wantsJson(options)) return done(detectText(found, cli.layout));
  const { detectDocument } = await import('../../report/document/detect.ts');
  return done(jsonText(detectDocument(found, cli.version)));
};
