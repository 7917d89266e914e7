import { execFileSync } from 'node:child_process';
import { compareVersions } from '../src/pristine/versions.ts';
import { type GeneratorCheckouts, stableTags } from './checkout-source.ts';

/** Generators as one version had them: in Phoenix, or beside it in a package of their own. */
export interface GeneratorRelease {
  /** `1.7.21`; of the package apart `phx_gen_auth 0.7.0`. */
  readonly label: string;
  /** Phoenix that it runs on. */
  readonly phoenix: string;
  /** Version of the package apart. */
  readonly apart?: string;
}

/** All stable releases that a generator is in, oldest first; those of the package apart are run on the last 1.5. */
export function generatorReleases({ phoenix, apart }: GeneratorCheckouts, task: string): GeneratorRelease[] {
  const all = stableTags(phoenix);
  const isAuth = task === 'phx.gen.auth';
  const last = all.filter((version) => version.startsWith('1.5.')).at(-1) ?? '';
  const before = apart === undefined || !isAuth ? [] : stableTags(apart);
  return [
    ...before.map((version) => ({ label: `phx_gen_auth ${version}`, phoenix: last, apart: version })),
    ...all
      // `phx.gen.auth` came with 1.6; before that it was a package for 1.5.
      .filter((version) => compareVersions(version, isAuth ? '1.6.0' : '1.5.0') >= 0)
      .map((version) => ({ label: version, phoenix: version })),
  ];
}

/** What the tasks and templates of a release are known by: releases that have the same write the same. */
export function sameAs(checkouts: GeneratorCheckouts, { phoenix, apart }: GeneratorRelease, task: string): string {
  const [repository, tag] = apart === undefined ? [checkouts.phoenix, phoenix] : [checkouts.apart ?? '', apart];
  return execFileSync('git', ['-C', repository, 'rev-parse', `v${tag}:priv/templates`, `v${tag}:lib/mix`], {
    encoding: 'utf8',
  }).concat(task);
}
