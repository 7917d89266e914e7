import { cacheOf } from '../../library/surroundings.ts';
import { jsonText } from '../../plan/escape.ts';
import { Cache } from '../../pristine/cache.ts';
import { cacheText } from '../../report/text/outcome.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { surroundingsOf } from '../upgrade.ts';

export const run: CommandRun = async ({ arguments: [action], options }, desk) => {
  const cache = new Cache(cacheOf(surroundingsOf(desk)));
  const kept = await cache.list();
  if (action === 'clear') await cache.clear();
  if (wantsJson(options)) {
    const { cacheDocument } = await import('../../report/document/pristine.ts');
    return done(jsonText(cacheDocument(kept, desk.version)));
  }
  return done(action === 'clear' ? `Removed ${kept.length} generated projects from ${cache.root}\n` : cacheText(kept));
};
