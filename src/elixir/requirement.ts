/** Versions and version requirements with the semantics of Elixir's `Version` module. */

/** `1.8.0-rc.1+build`; numeric parts of a pre-release are numbers. Build metadata plays no part in an order. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly pre: readonly (number | string)[];
}

const versionPattern = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** A full version of three parts; null for anything that `Version.parse/1` rejects. */
export function parseVersion(text: string): Version | null {
  const match = versionPattern.exec(text);
  if (match === null) return null;
  const [, major = '', minor = '', patch = '', pre] = match;
  if ([major, minor, patch].some(leadsWithZero)) return null;
  const parts = pre?.split('.') ?? [];
  if (parts.some((part) => part === '' || (/^\d+$/.test(part) && leadsWithZero(part)))) return null;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    pre: parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  };
}

function leadsWithZero(digits: string): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

/** Negative, zero or positive, as for `sort`. A pre-release comes before its release. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePre(a.pre, b.pre);
}

function comparePre(a: Version['pre'], b: Version['pre']): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined || left === right) continue;
    // Numbers come before words, as in Erlang's order of terms.
    if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** `1.8.0-rc.1`; build metadata is gone. */
export function versionText({ major, minor, patch, pre }: Version): string {
  return `${major}.${minor}.${patch}${pre.length > 0 ? `-${pre.join('.')}` : ''}`;
}

type Operator = '==' | '!=' | '>' | '>=' | '<' | '<=' | '~>';

interface Condition {
  readonly operator: Operator;
  readonly version: Version;
  /** Whether the patch was written: `~> 1.2` reaches to 2.0.0, `~> 1.2.0` to 1.3.0. */
  readonly exact: boolean;
}

/** Alternatives (`or`) of conditions that hold together (`and`). */
export type Requirement = readonly (readonly Condition[])[];

/** A requirement; null for anything that `Version.parse_requirement/1` rejects. */
export function parseRequirement(text: string): Requirement | null {
  const alternatives: Condition[][] = [];
  for (const alternative of text.trim().split(/\s+or\s+/)) {
    const conditions = alternative.split(/\s+and\s+/).map(parseCondition);
    if (conditions.some((condition) => condition === null)) return null;
    alternatives.push(conditions.filter((condition) => condition !== null));
  }
  return alternatives;
}

function parseCondition(text: string): Condition | null {
  const match = /^\s*(==|!=|!|>=|<=|~>|>|<)?\s*(\S+)\s*$/.exec(text);
  if (match === null) return null;
  const [, written = '==', number = ''] = match;
  const operator = written === '!' ? '!=' : (written as Operator);
  const short = /^\d+\.\d+(-\S+)?$/.exec(number);
  // Only `~>` takes two parts.
  if (short && operator !== '~>') return null;
  const version = parseVersion(short ? number.replace(/^\d+\.\d+/, '$&.0') : number);
  return version && { operator, version, exact: short === null };
}

/**
 * Whether a requirement allows a version. As in `Version.match?/2` with its defaults and unlike Hex's resolver,
 * a pre-release counts: `~> 1.0` allows `1.8.0-rc.1`.
 */
export function allows(requirement: Requirement, version: Version): boolean {
  return requirement.some((conditions) => conditions.every((condition) => meets(condition, version)));
}

function meets(condition: Condition, version: Version): boolean {
  const order = compareVersions(version, condition.version);
  switch (condition.operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '~>': {
      const { major, minor } = condition.version;
      const same = version.major === major && (!condition.exact || version.minor === minor);
      return same && order >= 0;
    }
  }
}

/**
 * The lowest version that a requirement allows, `1.15.0` of `~> 1.15` and `1.0.1` of `> 1.0.0`; a pre-release only
 * where the requirement names one. Null when it allows none.
 */
export function lowest(requirement: Requirement): Version | null {
  const named = requirement.flat().map(({ version }) => version);
  const first: Version = { major: 0, minor: 0, patch: 0, pre: [] };
  const releases = named.flatMap(({ major, minor, patch }): Version[] => [
    { major, minor, patch, pre: [] },
    { major, minor, patch: patch + 1, pre: [] },
  ]);
  const allowed = [first, ...named, ...releases].filter((version) => allows(requirement, version));
  return allowed.sort(compareVersions)[0] ?? null;
}

/** Whether a requirement allows the lowest version that another one does. What nobody can read stands in nobody's way. */
export function allowsLowest(requirement: string, wanted: string): boolean {
  const [own, other] = [parseRequirement(requirement), parseRequirement(wanted)];
  const floor = other && lowest(other);
  return own === null || floor === null || allows(own, floor);
}
