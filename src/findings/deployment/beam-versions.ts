import { compareVersions, parts } from './requirement.ts';

/** A line of Elixir: its newest release, and the OTP releases that it works with. */
interface ElixirLine {
  readonly newest: string;
  readonly otp: readonly [lowest: number, highest: number];
}

/** Of the table in Elixir's "Compatibility and deprecations", each line with its last patch; rising. */
const elixirLines: readonly ElixirLine[] = [
  { newest: '1.4.5', otp: [18, 20] },
  { newest: '1.5.3', otp: [18, 20] },
  { newest: '1.6.6', otp: [19, 21] },
  { newest: '1.7.4', otp: [19, 22] },
  { newest: '1.8.2', otp: [20, 22] },
  { newest: '1.9.4', otp: [20, 22] },
  { newest: '1.10.4', otp: [21, 23] },
  { newest: '1.11.4', otp: [21, 24] },
  { newest: '1.12.3', otp: [22, 24] },
  { newest: '1.13.4', otp: [22, 25] },
  { newest: '1.14.5', otp: [23, 26] },
  { newest: '1.15.8', otp: [24, 26] },
  { newest: '1.16.3', otp: [24, 26] },
  { newest: '1.17.3', otp: [25, 27] },
  { newest: '1.18.4', otp: [25, 27] },
  { newest: '1.19.5', otp: [26, 28] },
  { newest: '1.20.3', otp: [27, 29] },
];

/** A release of each OTP to move to. */
const otpReleases: ReadonlyMap<number, string> = new Map([
  [19, '19.3.6'],
  [20, '20.3.8'],
  [21, '21.3.8'],
  [22, '22.3.4'],
  [23, '23.3.4.20'],
  [24, '24.3.4.17'],
  [25, '25.3.2.21'],
  [26, '26.2.5.16'],
  [27, '27.3.4.6'],
  [28, '28.1'],
]);

function lineOf(elixir: string): ElixirLine | undefined {
  const [major, minor] = parts(elixir);
  return elixirLines.find(({ newest }) => parts(newest)[0] === major && parts(newest)[1] === minor);
}

/** The lowest and the highest OTP that a version of Elixir works with; null for one that nobody has noted. */
export function otpOf(elixir: string): readonly [number, number] | null {
  return lineOf(elixir)?.otp ?? null;
}

/** Whether a version of Elixir works with one of OTP. Of what is not known nothing is said. */
export function worksWith(elixir: string, otp: string): boolean {
  const range = otpOf(elixir);
  const [major = 0] = parts(otp);
  return range === null || (range[0] <= major && major <= range[1]);
}

/** A version of Elixir and one of OTP that work with each other. */
export interface BeamVersions {
  readonly elixir: string;
  readonly otp: string;
}

/** What versions have to reach; null where nothing is asked. */
export interface BeamFloor {
  readonly elixir: string | null;
  readonly otp: string | null;
}

/**
 * The versions that a project is raised to: what it states already somewhere, as far as that will do, else the lowest line that does.
 * Nothing is lowered. `stated` are the highest that it states; null where the table has no such versions.
 */
export function raisedVersions(stated: BeamFloor, floor: BeamFloor): BeamVersions | null {
  const elixir = higher(stated.elixir, floor.elixir, elixirRelease);
  const otp = higher(stated.otp, floor.otp, otpRelease);
  if (elixir === null) return null;
  const range = otpOf(elixir);
  if (range === null) return otp === null ? null : { elixir, otp };
  const least = otpRelease(String(range[0]));
  if (otp === null || compareVersions(otp, String(range[0])) < 0)
    return least === undefined ? null : { elixir, otp: least };
  if (worksWith(elixir, otp)) return { elixir, otp };
  const line = elixirLines.find(({ newest }) => compareVersions(newest, elixir) > 0 && worksWith(newest, otp));
  return line ? { elixir: line.newest, otp } : null;
}

/** `1.15.8` for `1.15`; one that is written out stays. */
function elixirRelease(version: string): string | undefined {
  return parts(version).length >= 3 ? version : lineOf(version)?.newest;
}

/** `26.2.5.16` for `26`. */
function otpRelease(version: string): string | undefined {
  return parts(version).length >= 2 ? version : otpReleases.get(parts(version)[0] ?? 0);
}

function higher(stated: string | null, floor: string | null, release: (version: string) => string | undefined) {
  const version = floor === null || (stated !== null && compareVersions(stated, floor) >= 0) ? stated : floor;
  return version === null ? null : (release(version) ?? null);
}
