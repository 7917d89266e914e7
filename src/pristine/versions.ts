import { compareVersions as compareParsed, parseVersion, type Version } from '../elixir/requirement.ts';
import { UpgradeError } from '../errors/error.ts';

/** The few versions there are, compared over and over. */
const known = new Map<string, Version | null>();

/** A released version such as `1.7.21`; null for `1.8` and `1.8.0-rc.1`. */
function released(version: string): Version | null {
  const seen = known.get(version);
  if (seen !== undefined) return seen;
  const parsed = parseVersion(version);
  const stable = parsed?.pre.length === 0 ? parsed : null;
  known.set(version, stable);
  return stable;
}

/** Whether a version is released: neither `1.8` nor `1.8.0-rc.1`. */
export function isStable(version: string): boolean {
  return released(version) !== null;
}

/** Order of two stable versions as `sort` takes it; anything else comes first, by code unit. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [released(a), released(b)];
  if (!left || !right) return left ? 1 : right ? -1 : a < b ? -1 : Number(a > b);
  return compareParsed(left, right);
}

/** Whether a version lies in `since` (included) to `until` (excluded; null for no end). */
export function isWithin(version: string, since: string, until: string | null): boolean {
  return compareVersions(version, since) >= 0 && (until === null || compareVersions(version, until) < 0);
}

/** `1.7` of `1.7.21`. */
export function releaseLine(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** The oldest version whose `mix phx.new` is known. */
const oldest = '1.3.0';

/**
 * The version that a person means by `latest`, `1.8` or `1.8.3`. A full version need not be among the known
 * ones: a generator may be newer than every list. Throws `unknown-version` and `version-too-old`.
 */
export function resolveVersion(wanted: string, known: readonly string[]): string {
  const text = wanted.trim().replace(/^v(?=\d)/, '');
  const stable = known.filter(isStable).sort(compareVersions);
  if (text === 'latest') return newest(stable, text);
  if (/^\d+\.\d+$/.test(text)) {
    if (compareVersions(`${text}.0`, oldest) < 0) throw new UpgradeError('version-too-old', { version: text });
    return newest(
      stable.filter((version) => releaseLine(version) === text),
      text,
    );
  }
  if (!isStable(text)) throw new UpgradeError('unknown-version', { version: wanted, hint: spelling });
  if (compareVersions(text, oldest) < 0) throw new UpgradeError('version-too-old', { version: text });
  return text;
}

const spelling = 'Give a stable version such as 1.8.3, a release line such as 1.8, or latest.';

function newest(versions: readonly string[], wanted: string): string {
  const last = versions.at(-1);
  if (last === undefined) throw new UpgradeError('unknown-version', { version: wanted });
  return last;
}

/** Elixir that each installer asks for, from its own mix.exs; the last one whose `since` is reached counts. */
const elixirNeeded: readonly { readonly since: string; readonly elixir: string }[] = [
  { since: '1.3.0', elixir: '1.4.0' },
  { since: '1.4.0', elixir: '1.5.0' },
  { since: '1.5.0', elixir: '1.7.0' },
  { since: '1.6.0', elixir: '1.12.0' },
  { since: '1.7.0', elixir: '1.14.0' },
  { since: '1.8.0', elixir: '1.15.0' },
  { since: '1.8.9', elixir: '1.17.0' },
];

/** The oldest Elixir that the installer of a version runs on, `1.17.0`; a version to come needs at least as much. */
export function elixirOf(version: string): string {
  const reached = elixirNeeded.filter(({ since }) => compareVersions(version, since) >= 0);
  return reached.at(-1)?.elixir ?? '1.4.0';
}
