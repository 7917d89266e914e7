import { debianName, type KnownVersions } from '../../docker/image.ts';
import type { BuildFiles } from '../build-files.ts';
import { meets, parts } from './requirement.ts';
import { statedVersions } from './version-places.ts';
import { type Software, type StatedVersion, softwares } from './version-stated.ts';

export type { Software, StatedVersion } from './version-stated.ts';

/** How texts call each software. */
export const softwareTitles: Readonly<Record<Software, string>> = {
  elixir: 'Elixir',
  otp: 'OTP',
  node: 'Node',
  debian: 'Debian',
};

/** One row of the version matrix. */
export interface StatedVersions {
  readonly software: Software;
  readonly places: readonly StatedVersion[];
  /** Pairs of places that cannot both be met. */
  readonly disagreements: readonly (readonly [StatedVersion, StatedVersion])[];
}

const matrices = new WeakMap<BuildFiles, readonly StatedVersions[]>();

/** Every place that names a version of Elixir, OTP, Node or Debian, by software; read once for all rules. */
export function versionMatrix(build: BuildFiles): readonly StatedVersions[] {
  const matrix = matrices.get(build) ?? matrixOf(build);
  matrices.set(build, matrix);
  return matrix;
}

function matrixOf(build: BuildFiles): StatedVersions[] {
  const stated = statedVersions(build);
  return softwares.map((software) => {
    const places = stated.filter((one) => one.software === software);
    return { software, places, disagreements: disagreements(places) };
  });
}

function disagreements(places: readonly StatedVersion[]): [StatedVersion, StatedVersion][] {
  return places.flatMap((one, index) =>
    places
      .slice(index + 1)
      .flatMap((other): [StatedVersion, StatedVersion][] => (agree(one, other) ? [] : [[one, other]])),
  );
}

function agree(a: StatedVersion, b: StatedVersion): boolean {
  if (a.software === 'debian') return debianName(a.version) === debianName(b.version);
  if (a.range && b.range) return true;
  if (a.range || b.range) {
    const [range, exact] = a.range ? [a, b] : [b, a];
    return meets(exact.version, range.version);
  }
  // `1.15` and `1.15.7` name the same line; in one place alone the last numbers may be open.
  const [short, long] = [parts(a.version), parts(b.version)].sort((x, y) => x.length - y.length);
  return (short ?? []).every((part, index) => part === long?.[index]);
}

/** The versions a new Dockerfile takes over: exact ones that the project states, else null. */
export function ownVersions(build: BuildFiles): KnownVersions {
  const matrix = versionMatrix(build);
  const exact = (software: Software, length: number) =>
    matrix
      .find((row) => row.software === software)
      ?.places.find(({ range, version }) => !range && parts(version).length >= length)?.version ?? null;
  const debian =
    matrix.find((row) => row.software === 'debian')?.places.find(({ version }) => /-\d{8}/.test(version))?.version ??
    null;
  return { elixir: exact('elixir', 3), otp: exact('otp', 2), debian };
}
