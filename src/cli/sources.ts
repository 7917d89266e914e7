import type { KnownVersions } from '../library/outcome.ts';
import { openSources } from '../library/sources.ts';
import { meantVersion } from '../library/version.ts';
import { type DroppedFlag, flagsFor, parseFlags } from '../pristine/flags.ts';
import { SnapshotStore } from '../pristine/snapshots.ts';
import { knownVersions } from '../pristine/sources/select.ts';
import type { PristineSource } from '../pristine/sources/source.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { CommandContext, Invocation } from './invocation.ts';
import { runEnvironmentOf } from './upgrade.ts';

/** The sources that the options of a command allow. Throws what `openSources` throws. */
export function sourcesFor({ options }: Invocation, cli: CommandContext): Promise<PristineSource[]> {
  const { source, pack, archive, offline } = options;
  return openSources({ source, pack, archive, offline }, runEnvironmentOf(cli));
}

/** All versions with facts or text, oldest first, each with where it can be had. */
export async function allVersions(sources: readonly PristineSource[]): Promise<KnownVersions> {
  const known = new Map<string, ('snapshots' | PristineSource['kind'])[]>();
  for (const version of new SnapshotStore().index.versions) known.set(version, ['snapshots']);
  for (const [version, kinds] of await knownVersions(sources)) {
    known.set(version, [...new Set([...(known.get(version) ?? []), ...kinds])]);
  }
  const versions = [...known.keys()].sort(compareVersions);
  return {
    latest: versions.at(-1) ?? '',
    versions: versions.map((version) => ({ version, sources: known.get(version) ?? [] })),
  };
}

/**
 * The version that a person means: of those in the packs where only packs are asked, else of all that are known. Throws
 * `unknown-version`, `version-too-old`.
 */
export async function versionMeant(wanted: string, sources: readonly PristineSource[]): Promise<string> {
  const isPacked = sources.length > 0 && sources.every(({ kind }) => kind === 'pack');
  const known = isPacked ? [...(await knownVersions(sources)).keys()] : await everyVersion(sources);
  return meantVersion(wanted, known);
}

async function everyVersion(sources: readonly PristineSource[]): Promise<string[]> {
  return (await allVersions(sources)).versions.map(({ version }) => version);
}

/** The flags after `--`; what has no effect is said. Throws `unknown-flag` and `bad-flag-value`. */
export function flagsGiven({ generatorFlags }: Invocation, versions: readonly string[], cli: CommandContext) {
  const { flags, names, dropped } = parseFlags(generatorFlags ?? []);
  sayDropped('', dropped, cli);
  for (const version of versions) sayDropped(` in ${version}`, flagsFor(version, flags).dropped, cli);
  return { flags, names };
}

function sayDropped(where: string, dropped: readonly DroppedFlag[], cli: CommandContext): void {
  for (const { flag, reason } of dropped) cli.hint(`${flag} is left out${where}: ${reason}.`);
}
