import { debianNumber } from '../../docker/image.ts';
import { supportEnded } from '../../docker/support.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { misfits, tooOld } from './version-raise.ts';
import type { Software, StatedVersion } from './version-stated.ts';
import { type StatedVersions, softwareTitles, versionMatrix } from './versions.ts';

/** Disagreements, and versions that are too old for the target. */
export const versionRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'old-debian',
    topic: 'docker-debian',
    look: oldDebian,
  },
  {
    kind: 'project',
    id: 'version-too-old',
    topic: 'version-too-old',
    look: tooOld,
  },
  {
    kind: 'project',
    id: 'elixir-otp-pair',
    topic: 'elixir-otp-pair',
    look: misfits,
  },
  {
    kind: 'project',
    id: 'version-disagreement',
    topic: 'version-disagreement',
    look: disagreements,
  },
];

function disagreements({ build }: FindingContext): Sighting[] {
  const findings = versionMatrix(build).flatMap((row) => {
    const pairs = told(row.disagreements.filter(isOfTwoFiles));
    const places = [...new Set(pairs.flat())];
    return places.map((place) => disagreement(row.software, place, pairs));
  });
  return sighting(findings);
}

type Pair = StatedVersions['disagreements'][number];

/**
 * The pairs worth telling: the first place against each that says otherwise, a version once a file, and pairs that both
 * agree with it. The matrix has them all.
 */
function told(pairs: readonly Pair[]): Pair[] {
  const [reference] = pairs[0] ?? [];
  const against = pairs.filter(([one]) => one === reference).map(([, other]) => other);
  const rest = pairs.filter((pair) => pair[0] === reference || !pair.some((place) => against.includes(place)));
  const named = new Map(
    rest.toReversed().map((pair) => [pair.map(({ path, version }) => `${path} ${version}`).join(), pair]),
  );
  return [...named.values()].reverse();
}

/** Stages of one Dockerfile that stand on different systems have a topic of their own. */
function isOfTwoFiles([one, other]: readonly [StatedVersion, StatedVersion]): boolean {
  return one.path !== other.path || one.software !== 'debian';
}

/** One place and what the others say: each is where somebody may have to write another version. */
function disagreement(software: Software, place: StatedVersion, pairs: readonly Pair[]): Finding {
  const others = pairs
    .filter((pair) => pair.includes(place))
    .flatMap((pair) => pair.filter((one) => one !== place))
    .map(({ version, path, line }) => `${version} in ${path}:${line}`);
  const message = `${softwareTitles[software]} ${place.version} here, ${others.join(', ')}`;
  return { path: place.path, line: place.line, message };
}

/** Images on a Debian release that the target has left behind. Which date a newer tag has, only a registry tells. */
function oldDebian({ target, build }: FindingContext): Sighting[] {
  const wanted = target.debian === null ? null : debianNumber(target.debian);
  const places = versionMatrix(build).find(({ software }) => software === 'debian')?.places ?? [];
  const old = places.filter(({ version }) => wanted !== null && (debianNumber(version) ?? wanted) < wanted);
  const findings = old.map(({ version, path, line }) => {
    const since = supportEnded('Debian', String(debianNumber(version)));
    const ended = since === null ? '' : `; it gets no security updates since ${since}`;
    const message = `Debian ${version} is older than ${target.debian}, which the target builds and runs on: choose a tag for both images${ended}`;
    return { path, line, message };
  });
  return sighting(findings);
}
