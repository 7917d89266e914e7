import { type Detection, historyFor, valueReader } from '../facts/detect.ts';
import type { Fact } from '../facts/fact.ts';
import { findOrigin } from '../facts/origin.ts';
import { canonicalFlags, variantOf } from '../pristine/flags.ts';
import type { Snapshots } from '../pristine/snapshots.ts';
import { compareVersions, isStable } from '../pristine/versions.ts';
import type { Project } from '../project/project.ts';
import { knownVersion } from './version.ts';

/** What the user knows better than the evidence. */
export interface Confirmed {
  /** Generator flags, in place of those that were detected. */
  readonly flags?: readonly string[] | undefined;
  /** Version that the project was generated with. */
  readonly origin?: string | undefined;
  /** Where it is said, as evidence: `given on the command line`. */
  readonly source?: string | undefined;
}

interface ReadProject {
  readonly project: Project;
  readonly facts: readonly Fact[];
  readonly snapshots: Snapshots;
  readonly confirmed: Confirmed;
}

/** A detection as the user corrects it. Throws `unknown-flag`, `unknown-version`. */
export function corrected(detection: Detection, { project, facts, snapshots, confirmed }: ReadProject): Detection {
  const source = confirmed.source ?? 'given';
  const flags = confirmed.flags ? flagsGiven(confirmed.flags, source) : detection.flags;
  const history = confirmed.flags ? historyFor(flags, project, facts, snapshots) : detection.history;
  const found = confirmed.flags ? findOrigin(valueReader(project, facts), history) : detection.origin;
  if (confirmed.origin === undefined) return { flags, history, origin: found };
  refuseUnknown(confirmed.origin, history.versions);
  return { flags, history, origin: { version: confirmed.origin, confidence: 1, evidence: [source] } };
}

/** A version that is newer than all that are known may be one that only a source knows. */
function refuseUnknown(origin: string, versions: readonly string[]): void {
  const isNewer = isStable(origin) && compareVersions(origin, versions.at(-1) ?? '') > 0;
  if (!isNewer) knownVersion(origin, versions);
}

function flagsGiven(flags: readonly string[], evidence: string): Detection['flags'] {
  return canonicalFlags(flags).map((flag) => ({ flag, variant: variantOf([flag]), evidence }));
}
