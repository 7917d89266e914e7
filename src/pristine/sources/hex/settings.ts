import { homedir } from 'node:os';
import { join } from 'node:path';
import { publicKey } from './public-key.ts';

/** How Hex's repository is reached. */
export interface HexSettings {
  /** Address of the repository, or of a mirror, without a slash at its end. */
  readonly url: string;
  /** Key that the registry is signed with, as PEM. */
  readonly publicKey: string;
  readonly offline: boolean;
  /** File of further certificate authorities. */
  readonly authorities: string | null;
  /** Directories of packages that Hex itself has fetched. */
  readonly ownPackages: readonly string[];
  /** Directory of what this program fetched. */
  readonly cache: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What Hex's own variables say (see `mix help hex.config`), so that a machine that reaches packages for `mix` does so
 * here. A mirror signs nothing: what comes from it must have hex.pm's signature all the same, unless `key` is given.
 */
export function hexSettings(env: Env, cacheDirectory: string, offline: boolean, key: string = publicKey): HexSettings {
  const mirror = env.HEX_TRUSTED_MIRROR ?? env.HEX_TRUSTED_MIRROR_URL ?? env.HEX_MIRROR ?? env.HEX_MIRROR_URL;
  return {
    url: (mirror || 'https://repo.hex.pm').replace(/\/+$/, ''),
    publicKey: key,
    offline: offline || isOffline(env),
    authorities: env.HEX_CACERTS_PATH || null,
    ownPackages: ownDirectories(env).map((directory) => join(directory, 'packages', 'hexpm')),
    cache: join(cacheDirectory, 'hex'),
  };
}

/** Whether Hex is told to do without the network. */
export function isOffline({ HEX_OFFLINE: value }: Env): boolean {
  return value === '1' || value?.toLowerCase() === 'true';
}

/** Hex keeps packages below `HEX_HOME`, or where MIX_XDG asks for, or in `~/.hex`. */
function ownDirectories(env: Env): string[] {
  if (env.HEX_HOME) return [env.HEX_HOME];
  const home = env.HOME ?? homedir();
  return [join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'hex'), join(home, '.hex')];
}
