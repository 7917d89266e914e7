import type { Doing } from '../pristine/progress.ts';
import { cacheDirectory } from '../pristine/sources/cache-directory.ts';
import type { Progress } from '../pristine/sources/source.ts';

/** What lies around a run: the environment, what stops it, and who hears of its progress. */
export interface RunEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  /** Hears which local work begins, and null once it is over. */
  readonly doing?: Doing | undefined;
}

/** Those of this process, in silence. */
export function ownEnvironment(): RunEnvironment {
  return { env: process.env, platform: process.platform, progress: () => undefined };
}

/** Where generated projects, and what applies outside git need, are kept between runs. */
export function cacheOf({ env, platform }: RunEnvironment): string {
  return cacheDirectory(env, platform);
}
