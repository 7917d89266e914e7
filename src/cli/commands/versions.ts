import { jsonText } from '../../plan/escape.ts';
import { versionsText } from '../../report/text/outcome.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { allVersions, sourcesFor } from '../sources.ts';

export const run: CommandRun = async (invocation, cli) => {
  const known = await allVersions(await sourcesFor(invocation, cli));
  if (!wantsJson(invocation.options)) return done(versionsText(known, cli.layout));
  const { versionsDocument } = await import('../../report/document/pristine.ts');
  return done(jsonText(versionsDocument(known, cli.version)));
};
