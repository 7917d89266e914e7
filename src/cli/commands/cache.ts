import { cacheOf } from '../../library/run-environment.ts';
import { jsonText } from '../../plan/escape.ts';
import { Cache } from '../../pristine/sources/cache.ts';
import { cacheText } from '../../report/text/outcome.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { runEnvironmentOf } from '../upgrade.ts';

export const run: CommandRun = async ({ arguments: [action], options }, cli) => {
  const cache = new Cache(cacheOf(runEnvironmentOf(cli)));
  const kept = await cache.list();
  if (action === 'clear') await cache.clear();
  if (wantsJson(options)) {
    const { cacheDocument } = await import('../../report/document/pristine.ts');
    return done(jsonText(cacheDocument(kept, cli.version)));
  }
  return done(action === 'clear' ? `Removed ${kept.length} generated projects from ${cache.root}\n` : cacheText(kept));
};
