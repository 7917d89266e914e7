import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where generated projects are kept between runs; made when first needed. */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'phx-upgrade');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'phx-upgrade');
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'phx-upgrade', 'Cache');
  return join(homedir(), '.cache', 'phx-upgrade');
}
