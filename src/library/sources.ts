import { minimalEnvironment, runCommand } from '../pristine/sources/mix/runner.ts';
import { type SourceOptions, selectSources } from '../pristine/sources/select.ts';
import type { PristineSource } from '../pristine/sources/source.ts';
import { cacheOf, type RunEnvironment } from './run-environment.ts';

/** Where generated text may come from. */
export interface SourceChoice {
  /** `auto` when left out: what was made before, a pack if one is given, the installer from Hex, then `mix`. */
  readonly source?: SourceOptions['source'] | undefined;
  /** A pack file, or a directory of generated projects. */
  readonly pack?: string | undefined;
  /** An installer archive `phx_new-VERSION.ez` to generate with. */
  readonly archive?: string | undefined;
  /** Starts nothing that needs the network. */
  readonly offline?: boolean | undefined;
}

/**
 * The sources that a choice allows; none for `snapshots`, which have no text. `packages` are directories that may hold
 * an unpacked phoenix package. Throws what `selectSources` throws.
 */
export function openSources(
  choice: SourceChoice,
  environment: RunEnvironment,
  packages: readonly string[] = [],
): Promise<PristineSource[]> {
  return selectSources({
    source: choice.source ?? 'auto',
    pack: choice.pack,
    offline: choice.offline ?? false,
    archives: choice.archive === undefined ? [] : [choice.archive],
    archiveDirectory: environment.env.PHX_UPGRADE_ARCHIVES,
    cacheDirectory: cacheOf(environment),
    env: environment.env,
    packages,
    processes: { run: runCommand, env: minimalEnvironment(environment.env), signal: environment.signal },
    progress: environment.progress,
  });
}
