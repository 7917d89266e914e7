import { jsonText } from '../../plan/escape.ts';
import { topicsText } from '../../report/text/topics.ts';
import { generatorTopics } from '../../topics/catalogue.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';

export const run: CommandRun = async ({ options }, cli) => {
  if (!wantsJson(options)) return done(topicsText(generatorTopics, cli.layout));
  const { topicsDocument } = await import('../../report/document/topics.ts');
  return done(jsonText(topicsDocument(generatorTopics, cli.version)));
};
