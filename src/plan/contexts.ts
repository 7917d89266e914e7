import type { ConfigEntry } from '../elixir/config/model.ts';
import { AddressMap, addressOf, fileAddress } from '../facts/address.ts';
import { fileHash } from '../facts/extract/file.ts';
import type { BuildFiles } from '../findings/build-files.ts';
import { compareVersions as compareStated } from '../findings/deployment/requirement.ts';
import { testedElixirs } from '../findings/deployment/version-places.ts';
import { ownVersions, versionMatrix } from '../findings/deployment/versions.ts';
import type { EditContext } from '../merge/edits/edit-context.ts';
import type { RulingContext } from '../merge/pass.ts';
import type { VersionSpan } from '../merge/verdict.ts';
import { compareVersions } from '../pristine/versions.ts';
import { neededElixir } from '../topics/needed-elixir.ts';
import type { PlanInput } from './input.ts';
import { saltFor } from './salt.ts';

/** The version whose output the project has come to: the later of where it stems from and where the plan starts. */
export function originOf({ detection, start, from }: PlanInput): string {
  const origin = detection.origin.version ?? from;
  return compareVersions(origin, start) < 0 ? start : origin;
}

/** What rulings know. `build` has the places that state versions; `hasText` says whether generated text replaces files. */
export function rulingContext(
  input: PlanInput,
  build: BuildFiles,
  hasText: boolean = input.texts !== null,
): RulingContext {
  const { project, facts, detection } = input;
  return {
    project,
    yours: new AddressMap(facts.map((fact) => [fact.address, fact] as const)),
    history: detection.history,
    span: spanOf(input),
    elixir: { needed: neededElixir(input.to), builtOn: oldestElixir(build) },
    hasText,
    isReplaced: replacedBy(input, hasText),
  };
}

/** The oldest Elixir of those that images, CI and version managers name. */
function oldestElixir(build: BuildFiles): RulingContext['elixir']['builtOn'] {
  const row = versionMatrix(build).find(({ software }) => software === 'elixir');
  const exact = [...(row?.places ?? []), ...testedElixirs(build)].filter(
    ({ range, version }) => !range && /^\d+\.\d+/.test(version),
  );
  return exact.sort((a, b) => compareStated(a.version, b.version))[0] ?? null;
}

function spanOf(input: PlanInput): VersionSpan {
  const { history } = input.detection;
  const indexOf = (version: string) => history.indexOf(version);
  return {
    origin: indexOf(originOf(input)),
    start: indexOf(input.start),
    from: indexOf(input.from),
    to: indexOf(input.to),
  };
}

/** Whether a plan puts another file in the place of one that is as the generator wrote it, or takes it away. */
function replacedBy(
  { project, detection: { history }, to }: Pick<PlanInput, 'project' | 'detection' | 'to'>,
  hasText: boolean,
): (path: string) => boolean {
  return (path) => {
    const address = fileAddress(path);
    const hash = fileHash(project.tree, path, project.names);
    if (hash === undefined || history.wrote(address, hash) === 0n) return false;
    const target = history.valueAt(address, to);
    return target === undefined || (hasText && target !== hash);
  };
}

/** What edits of facts need to know; `build` has the places that state versions. */
export function editContext(
  { project, detection, to }: PlanInput,
  { yours }: Pick<RulingContext, 'yours'>,
  build: BuildFiles,
): EditContext {
  const entries = new AddressMap<ConfigEntry[]>();
  for (const entry of project.config.entries) {
    const address = addressOf('config', null, [entry.scope, ...entry.keyPath]);
    entries.set(address, [...(entries.get(address) ?? []), entry]);
  }
  return {
    project,
    yours,
    target: detection.history.facts(to),
    entries,
    versions: ownVersions(build),
    salt: (address) => saltFor(project.names, address.text),
  };
}
