import { debianNumber } from '../../docker/image.ts';
import type { Names } from '../../elixir/names.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { doable } from './docker-file.ts';
import { compareVersions, meets, parts } from './requirement.ts';
import type { Software, StatedVersion } from './version-places.ts';
import { type VersionRow, versionMatrix } from './versions.ts';

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
    look: (context) => [...tooOld(context), ...belowOwn(context.build)],
  },
  {
    kind: 'project',
    id: 'version-disagreement',
    topic: 'version-disagreement',
    look: disagreements,
  },
];

function disagreements({ build }: FindingContext): Sighting[] {
  const pairs = versionMatrix(build).flatMap((row) =>
    told(row.disagreements.filter(isOfTwoFiles)).map(([one, other]) => disagreement(row.software, one, other)),
  );
  return sighting(pairs);
}

type Pair = VersionRow['disagreements'][number];

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

const titles: Readonly<Record<Software, string>> = { elixir: 'Elixir', otp: 'OTP', node: 'Node', debian: 'Debian' };

function disagreement(software: Software, one: StatedVersion, other: StatedVersion): Finding {
  const message = `${titles[software]} ${one.version} here, ${other.version} in ${other.path}:${other.line}`;
  return { path: one.path, line: one.line, message };
}

function tooOld({ target, names, build }: FindingContext): Sighting[] {
  const own = { elixir: target.elixir, otp: target.otp, node: null, debian: null };
  return versionMatrix(build).flatMap(({ software, places }) => {
    const needed = own[software];
    if (needed === null) return [];
    const old = places
      .filter(({ path }) => !isGenerated(path, names))
      .filter(({ version, range }) => (range ? tooLowRange(version, needed) : compareVersions(version, needed) < 0));
    const findings = old.map(({ version, path, line, range }) => {
      const fault = range ? 'allows versions below' : 'is older than';
      return { path, line, message: `${titles[software]} ${version} ${fault} the ${needed} that the target needs` };
    });
    return sighting(findings, bumps(old, build, needed, software));
  });
}

/** The `mix.exs` of an app that the generator wrote: its requirement is compared with the generator's. */
function isGenerated(path: string, { app, webApp }: Names): boolean {
  return ['mix.exs', `apps/${app}/mix.exs`, `apps/${webApp}/mix.exs`].includes(path);
}

/** Images whose Elixir is older than the project's own `mix.exs` asks for: they do not build it. */
function belowOwn(build: BuildFiles): Sighting[] {
  const places = versionMatrix(build).find(({ software }) => software === 'elixir')?.places ?? [];
  return places
    .filter(({ range }) => range)
    .flatMap((asked) => {
      const needed = parts(asked.version).join('.');
      const old = places.filter(
        ({ range, version, path }) =>
          !range && isImage(build, path) && !meets(version, asked.version) && compareVersions(version, needed) < 0,
      );
      const findings = old.map(({ version, path, line }) => ({
        path,
        line,
        message: `Elixir ${version} is older than ${asked.path}:${asked.line} asks for (${asked.version})`,
      }));
      return sighting(findings, bumps(old, build, needed, 'elixir'));
    });
}

function isImage(build: BuildFiles, path: string): boolean {
  return build.dockerfiles.some((file) => file.path === path);
}

/** Images on a Debian release that the target has left behind. Which date a newer tag has, only a registry tells. */
function oldDebian({ target, build }: FindingContext): Sighting[] {
  const wanted = target.debian === null ? null : debianNumber(target.debian);
  const places = versionMatrix(build).find(({ software }) => software === 'debian')?.places ?? [];
  const old = places.filter(({ version }) => wanted !== null && (debianNumber(version) ?? wanted) < wanted);
  const findings = old.map(({ version, path, line }) => ({
    path,
    line,
    message: `Debian ${version} is older than ${target.debian}, which the target builds and runs on: choose a tag for both images`,
  }));
  return sighting(findings);
}

/** Whether a requirement allows versions below what is needed. `~> 1.14` allows 1.14, and the target needs 1.15. */
function tooLowRange(requirement: string, needed: string): boolean {
  const lowest = /(?:~>|>=)\s*(\d[\d.]*)/.exec(requirement)?.[1];
  return lowest !== undefined && compareVersions(lowest, needed) < 0;
}

/** Edits of Dockerfiles where another place of the project already names a version that will do. */
function bumps(old: readonly StatedVersion[], build: BuildFiles, needed: string, software: Software) {
  const good = versionMatrix(build)
    .find((row) => row.software === software)
    ?.places.find(
      ({ range, version }) => !range && parts(version).length >= 2 && compareVersions(version, needed) >= 0,
    )?.version;
  if (good === undefined) return [];
  return build.dockerfiles
    .filter(({ path }) => old.some((one) => one.path === path))
    .flatMap(({ path, dockerfile }) => {
      const versions = {
        elixir: software === 'elixir' ? good : null,
        otp: software === 'otp' ? good : null,
        debian: null,
      };
      return doable(dockerfile.text, { kind: 'docker-set-versions', path, stage: null, versions });
    });
}
