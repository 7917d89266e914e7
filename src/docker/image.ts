/** What an image's reference says about the software in it; null where it says nothing. */
export interface ImageVersions {
  readonly elixir: string | null;
  readonly otp: string | null;
  /** Tag part of a Debian image: `bookworm-20250908-slim`, `bookworm-slim`, `bookworm`. */
  readonly debian: string | null;
  readonly alpine: string | null;
  readonly node: string | null;
}

/** Debian releases by code name with their number, oldest first: newer ones compare greater. */
const debianReleases: readonly { readonly name: string; readonly number: number }[] = [
  { name: 'jessie', number: 8 },
  { name: 'stretch', number: 9 },
  { name: 'buster', number: 10 },
  { name: 'bullseye', number: 11 },
  { name: 'bookworm', number: 12 },
  { name: 'trixie', number: 13 },
];

const codeNames = debianReleases.map(({ name }) => name).join('|');
const debianTag = new RegExp(`(?:${codeNames})(?:-\\d{8}(?:\\.\\d+)?)?(?:-slim)?`);

/** Reads `hexpm/elixir:1.18.4-erlang-27.3.4-debian-bookworm-20250908-slim` and the official images' tags. */
export function imageVersions(image: string): ImageVersions {
  const [reference = ''] = image.split('@');
  const colon = reference.lastIndexOf(':');
  const name = colon > reference.lastIndexOf('/') ? reference.slice(0, colon) : reference;
  const tag = colon > reference.lastIndexOf('/') ? reference.slice(colon + 1) : '';
  const short = name.slice(name.lastIndexOf('/') + 1);
  const number = /^v?(\d+(?:\.\d+)*(?:-rc\.?\d+)?)/.exec(tag)?.[1] ?? null;
  return {
    elixir: /elixir/.test(short) ? number : null,
    otp: /(?:erlang|otp)-(\d+(?:\.\d+)*)/.exec(tag)?.[1] ?? (/^erlang$/.test(short) ? number : null),
    debian: debianTag.exec(tag)?.[0] ?? numberedDebian(short, number),
    alpine: short === 'alpine' ? (number ?? 'latest') : alpineIn(tag),
    node: short === 'node' ? number : null,
  };
}

function numberedDebian(name: string, number: string | null): string | null {
  if (name !== 'debian' || number === null) return null;
  return debianReleases.find((release) => release.number === Number.parseInt(number, 10))?.name ?? null;
}

function alpineIn(tag: string): string | null {
  const match = /alpine-?(\d+(?:\.\d+)*)?/.exec(tag);
  return match ? (match[1] ?? 'latest') : null;
}

/** `bookworm` of `bookworm-20250908-slim`. */
export function debianName(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

/** Number of a Debian tag's release, 12 for bookworm; null for an unknown code name. */
export function debianNumber(tag: string): number | null {
  return debianReleases.find(({ name }) => name === debianName(tag))?.number ?? null;
}

/** The versions that a Dockerfile may name, as far as they are known. */
export interface KnownVersions {
  readonly elixir: string | null;
  readonly otp: string | null;
  /** With date, as image tags have it: `bookworm-20250908-slim`. */
  readonly debian: string | null;
}

const versionMark = '<version>';
const dateMark = '<date>';

/**
 * A value without the versions and dates that depend on the day a Dockerfile was written: they are the project's own,
 * so two Dockerfiles that differ in nothing else state the same. The Debian release stays.
 */
export function withoutVersions(name: string, value: string): string {
  if (/ELIXIR|OTP|ERLANG/i.test(name) && /^\d[\w.]*$/.test(value)) return versionMark;
  return value
    .replace(/(elixir:)\d[\w.]*(-erlang-)\d[\w.]*/, `$1${versionMark}$2${versionMark}`)
    .replace(new RegExp(`(${codeNames})-\\d{8}(?:\\.\\d+)?`), `$1-${dateMark}`);
}

/** Puts versions back where `withoutVersions` took them out; null where one is unknown. */
export function withVersions(name: string, value: string, known: KnownVersions): string | null {
  if (value === versionMark) return /ELIXIR/i.test(name) ? known.elixir : known.otp;
  let result: string | null = value;
  for (const version of [known.elixir, known.otp]) {
    if (result.includes(versionMark)) {
      if (version === null) return null;
      result = result.replace(versionMark, version);
    }
  }
  if (!result.includes(dateMark)) return result;
  const release = new RegExp(`(${codeNames})-${dateMark}`).exec(result)?.[1];
  const date = known.debian?.match(/-(\d{8}(?:\.\d+)?)/)?.[1];
  if (!date || !known.debian || debianName(known.debian) !== release) return null;
  result = result.replace(dateMark, date);
  return result;
}
