import { compareVersions, parseVersion, type Version } from '../elixir/requirement.ts';

/** Versions from `since` up to, not with, `until`; null for no end, so that versions nobody has seen yet are in it too. */
export interface VersionSpan {
  readonly since: string;
  readonly until: string | null;
}

/** What holds for a span of versions. */
export interface Spanned<T> extends VersionSpan {
  readonly value: T;
}

/** Many names, few versions: each is parsed once. */
const parsedVersions = new Map<string, Version>();

/** The parsed form of a version that comes from package facts. Throws `Error` for what is no version. */
export function versionOf(text: string): Version {
  const known = parsedVersions.get(text);
  if (known) return known;
  const version = parseVersion(text);
  if (version === null) throw new Error(`no version: ${text}`);
  parsedVersions.set(text, version);
  return version;
}

/** Order of versions as `sort` takes it, pre-releases before their release. */
export function byVersion(a: string, b: string): number {
  return compareVersions(versionOf(a), versionOf(b));
}

/** Whether a version lies in a span. */
export function isIn(span: VersionSpan, version: string): boolean {
  return byVersion(version, span.since) >= 0 && (span.until === null || byVersion(version, span.until) < 0);
}

/** What holds for a version. */
export function valueAt<T>(spans: readonly Spanned<T>[], version: string): T | undefined {
  return spans.find((span) => isIn(span, version))?.value;
}

/** `1.3.0..1.7.0`, or `1.3.0` where there is no end. */
export function spanText({ since, until }: VersionSpan): string {
  return until === null ? since : `${since}..${until}`;
}

/** Few texts, read for each of many names. */
const parsedSpans = new Map<string, VersionSpan>();

/** Reads what `spanText` wrote. */
export function parseSpan(text: string): VersionSpan {
  const known = parsedSpans.get(text);
  if (known) return known;
  const [since = '', until = null] = text.split('..');
  const span = { since, until };
  parsedSpans.set(text, span);
  return span;
}

/**
 * The spans of equal values among versions in rising order; undefined is no value. A value counts until the next version that has
 * another, so versions that were never looked at belong to the one before.
 */
export function spansOf<T extends string>(
  versions: readonly string[],
  stated: (version: string) => T | undefined,
): Spanned<T>[] {
  const spans: Spanned<T>[] = [];
  let before: T | undefined;
  for (const version of versions) {
    const value = stated(version);
    if (value === before) continue;
    const open = spans.at(-1);
    if (open && before !== undefined) spans[spans.length - 1] = { ...open, until: version };
    if (value !== undefined) spans.push({ since: version, until: null, value });
    before = value;
  }
  return spans;
}
