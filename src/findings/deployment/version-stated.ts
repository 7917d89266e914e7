import { isRequirement } from './requirement.ts';

/** Software whose versions a project states in several places, in the order in which reports list it. */
export const softwares = ['elixir', 'otp', 'node', 'debian'] as const;
export type Software = (typeof softwares)[number];

/** One place that names a version. */
export interface StatedVersion {
  readonly software: Software;
  /** As written: `1.15.7`, `~> 1.14`, `bookworm`. */
  readonly version: string;
  readonly path: string;
  readonly line: number;
  /** Whether it is a requirement that several versions meet. */
  readonly range: boolean;
}

/** A place that names a version; none where what stands there is no version. */
export function stated(
  software: Software,
  version: string,
  path: string,
  line: number,
  range = false,
): StatedVersion[] {
  return /\d/.test(version) || software === 'debian'
    ? [{ software, version: version.replace(/-otp-.*$/, ''), path, line, range: range || isRequirement(version) }]
    : [];
}
