import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UpgradeError } from '../../errors/error.ts';

/** Where generated projects are kept between runs; made when first needed. */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'phx-upgrade');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'phx-upgrade');
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'phx-upgrade', 'Cache');
  return join(homedir(), '.cache', 'phx-upgrade');
}

/** Permission of everybody to write, in a file's mode. */
const writableByAll = 0o002;

/**
 * Makes sure that nobody else can have put something into the cache: installers that lie there are run, and generated text is
 * written into projects. Root may use anybody's, as in a container where the home directory is not its own. Throws `unsafe-cache`.
 */
export function refuseForeignCache(directory: string, user: number | undefined = process.getuid?.()): void {
  const found = statSync(directory, { throwIfNoEntry: false });
  // Windows has no such owners and modes.
  if (found === undefined || user === undefined) return;
  const isForeign = found.uid !== user && found.uid !== 0 && user !== 0;
  if (isForeign || (found.mode & writableByAll) !== 0) throw new UpgradeError('unsafe-cache', { path: directory });
}
