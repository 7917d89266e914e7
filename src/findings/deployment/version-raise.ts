import type { Operation } from '../../merge/operation.ts';
import { versionEditors } from '../../merge/versions/edit.ts';
import type { SetVersion } from '../../merge/versions/operation.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type Sighting, sighting } from '../rule.ts';
import { type BeamVersions, otpOf, raisedVersions, worksWith } from './beam-versions.ts';
import { doable } from './docker-file.ts';
import { compareVersions, meets, parts } from './requirement.ts';
import type { StatedVersion } from './version-stated.ts';
import { softwareTitles, versionMatrix } from './versions.ts';

/** Places whose versions the target, or the project's own `mix.exs`, does not run on: all are raised together, to ones that fit each other. */
export function tooOld(context: FindingContext): Sighting[] {
  const findings = [...belowTarget(context), ...imagesBelowOwn(context.build)];
  if (findings.length === 0) return [];
  const places = exactPlaces(context.build);
  const raised = raisedIn(places, context);
  return sighting(
    [...findings, ...consequences(raised, context)],
    raised === null ? [] : raises(places, raised, context.build),
  );
}

/** Places of one file whose Elixir does not work with its OTP. */
export function misfits(context: FindingContext): Sighting[] {
  // What is raised for the target, or for the project's own mix.exs, fits.
  if (belowTarget(context).length > 0 || imagesBelowOwn(context.build).length > 0) return [];
  const places = exactPlaces(context.build);
  const findings = places
    .filter(({ software }) => software === 'elixir')
    .flatMap((elixir): Finding[] => {
      const otp = places.find(
        (one) => one.software === 'otp' && one.path === elixir.path && !worksWith(elixir.version, one.version),
      );
      const [lowest, highest] = otpOf(elixir.version) ?? [];
      if (!otp) return [];
      const message = `Elixir ${elixir.version} works with OTP ${lowest} to ${highest}, and ${otp.path}:${otp.line} has ${otp.version}`;
      return [{ path: elixir.path, line: elixir.line, message }];
    });
  const unfit = places.filter(({ path }) => findings.some((one) => one.path === path));
  const raised = raisedIn(unfit, context);
  return sighting(findings, raised === null ? [] : raises(unfit, raised, context.build));
}

/** The one set of versions for some places; null where the table has none. */
function raisedIn(places: readonly StatedVersion[], { build, target }: FindingContext): BeamVersions | null {
  const asked = versionMatrix(build)
    .flatMap((row) => row.places)
    .filter(({ software, range }) => software === 'elixir' && range)
    .map(({ version }) => parts(version).join('.'));
  const floor = { elixir: highest(target.elixir === null ? asked : [...asked, target.elixir]), otp: target.otp };
  const stated = (software: StatedVersion['software']) =>
    highest(places.filter((one) => one.software === software).map(({ version }) => version));
  return raisedVersions({ elixir: stated('elixir'), otp: stated('otp') }, floor);
}

function highest(versions: readonly string[]): string | null {
  return [...versions].sort((a, b) => compareVersions(a, b) || parts(a).length - parts(b).length).at(-1) ?? null;
}

function exactPlaces(build: BuildFiles): StatedVersion[] {
  return versionMatrix(build).flatMap(({ software, places }) =>
    software === 'elixir' || software === 'otp' ? places.filter(({ range }) => !range) : [],
  );
}

function belowTarget({ target, names, build }: FindingContext): Finding[] {
  const own = { elixir: target.elixir, otp: target.otp, node: null, debian: null };
  const generated = ['mix.exs', `apps/${names.app}/mix.exs`, `apps/${names.webApp}/mix.exs`];
  return versionMatrix(build).flatMap(({ software, places }) => {
    const needed = own[software];
    if (needed === null) return [];
    // What a requirement would allow breaks nobody where every place that is built on has a version that will do.
    const exact = places.filter(({ range }) => !range);
    const built = exact.length > 0 && exact.every(({ version }) => compareVersions(version, needed) >= 0);
    return places
      .filter(({ path, range }) => !generated.includes(path) && !(range && built))
      .filter(({ version, range }) => (range ? tooLowRange(version, needed) : compareVersions(version, needed) < 0))
      .map(({ version, path, line, range }) => {
        const fault = range ? 'allows versions below' : 'is older than';
        const message = `${softwareTitles[software]} ${version} ${fault} the ${needed} that the target needs`;
        return { path, line, message };
      });
  });
}

/** Whether a requirement allows versions below what is needed. `~> 1.14` allows 1.14, and the target needs 1.15. */
function tooLowRange(requirement: string, needed: string): boolean {
  const lowest = /(?:~>|>=)\s*(\d[\d.]*)/.exec(requirement)?.[1];
  return lowest !== undefined && compareVersions(lowest, needed) < 0;
}

/** Images whose Elixir is older than the project's own `mix.exs` asks for: they do not build it. */
function imagesBelowOwn(build: BuildFiles): Finding[] {
  const places = versionMatrix(build).find(({ software }) => software === 'elixir')?.places ?? [];
  const images = places.filter(({ range, path }) => !range && build.dockerfiles.some((file) => file.path === path));
  return places
    .filter(({ range }) => range)
    .flatMap((asked) =>
      images
        .filter(
          ({ version }) =>
            !meets(version, asked.version) && compareVersions(version, parts(asked.version).join('.')) < 0,
        )
        .map(({ version, path, line }) => ({
          path,
          line,
          message: `Elixir ${version} is older than ${asked.path}:${asked.line} asks for (${asked.version})`,
        })),
    );
}

/** The edits that give every place these versions, each written as fully as the one that stood there. */
function raises(places: readonly StatedVersion[], raised: BeamVersions, build: BuildFiles): Operation[] {
  const otp = String(parts(raised.otp)[0]);
  return places.flatMap(({ software, version, path }): Operation[] => {
    if (software !== 'elixir' && software !== 'otp') return [];
    const to = asFullyAs(version, raised[software]);
    if (compareVersions(version, to) >= 0) return [];
    const image = build.dockerfiles.find((file) => file.path === path);
    if (image) {
      const versions = { elixir: null, otp: null, debian: null, [software]: to };
      return doable(image.dockerfile.text, { kind: 'docker-set-versions', path, stage: null, versions });
    }
    return changing(build, { kind: 'set-version', path, software, from: version, to, otp });
  });
}

function changing({ tree }: BuildFiles, operation: SetVersion): Operation[] {
  const text = tree.read(operation.path) ?? '';
  const result = versionEditors['set-version'](text, operation);
  return result.ok && result.text !== text ? [operation] : [];
}

/** `1.15` for `1.15.8` beside `1.13`, `25` for `25.3.2.21` beside `24`. */
function asFullyAs(stated: string, version: string): string {
  const length = parts(stated).length;
  return length >= 3 ? version : version.split('.').slice(0, length).join('.');
}

/** First OTP whose TLS clients verify whom they talk to. */
const verifyingOtp = '26';

/** What changes for the app itself along with these versions. */
function consequences(raised: BeamVersions | null, { build, config }: FindingContext): Finding[] {
  const before = exactPlaces(build).filter(({ software }) => software === 'otp');
  if (raised === null || compareVersions(raised.otp, verifyingOtp) < 0) return [];
  if (!before.some(({ version }) => compareVersions(version, verifyingOtp) < 0)) return [];
  const bare = config.entries.filter(
    ({ keyPath, value, overridden }) =>
      !overridden &&
      keyPath.at(-1) === 'ssl' &&
      /Repo$/.test(keyPath[1] ?? '') &&
      value.kind === 'atom' &&
      value.name === 'true',
  );
  return bare.map(({ path, line }) => ({
    path,
    line,
    message: `since OTP ${verifyingOtp} ssl: true verifies the database's certificate: give it cacerts, as in ssl: [cacerts: :public_key.cacerts_get()]`,
  }));
}
