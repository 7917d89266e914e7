import { createVerify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { UpgradeError } from '../../../errors/error.ts';

/** One release of a package, as the registry lists it. */
export interface Release {
  readonly version: string;
  /** SHA-256 of the tarball. */
  readonly checksum: Uint8Array;
  /** What its authors say of a release they took back; null for any other. */
  readonly retired: string | null;
}

/** phoenix's own entry is 200 kB unpacked. */
const largest = 32 << 20;

/**
 * The releases of a package out of its registry entry: gzip of a signed protobuf (hexpm/specifications, "Registry v2").
 * Throws `package-untrusted` where the signature is not that of the key, or the entry is of something else.
 */
export function readRegistry(entry: Uint8Array, name: string, publicKey: string): Release[] {
  const { payload, signature } = signed(entry, name);
  if (!createVerify('RSA-SHA512').update(payload).verify(publicKey, signature))
    throw untrusted(name, 'its registry entry has another signature than that of the repository');
  const found = packageOf(payload, name);
  if (found.name !== name || found.repository !== 'hexpm')
    throw untrusted(name, `its registry entry is that of ${found.repository}/${found.name}`);
  return found.releases;
}

export function untrusted(name: string, reason: string): UpgradeError {
  return new UpgradeError('package-untrusted', { package: name, reason });
}

function signed(entry: Uint8Array, name: string): { payload: Uint8Array; signature: Uint8Array } {
  const empty = { payload: new Uint8Array(), signature: new Uint8Array() };
  return decoded(name, () =>
    new PbfReader(gunzipSync(entry, { maxOutputLength: largest })).readFields((tag, result: typeof empty, reader) => {
      if (tag === 1) result.payload = new Uint8Array(reader.readBytes());
      if (tag === 2) result.signature = new Uint8Array(reader.readBytes());
    }, empty),
  );
}

interface Entry {
  name: string;
  repository: string;
  readonly releases: Release[];
}

function packageOf(payload: Uint8Array, name: string): Entry {
  return decoded(name, () =>
    new PbfReader(payload).readFields(
      (tag, result: Entry, reader) => {
        if (tag === 1) result.releases.push(releaseOf(reader));
        if (tag === 2) result.name = reader.readString();
        if (tag === 3) result.repository = reader.readString();
      },
      { name: '', repository: '', releases: [] },
    ),
  );
}

function releaseOf(reader: PbfReader): Release {
  const release: { -readonly [Key in keyof Release]: Release[Key] } = {
    version: '',
    checksum: new Uint8Array(),
    retired: null,
  };
  return reader.readMessage((tag, result: typeof release, inner) => {
    if (tag === 1) result.version = inner.readString();
    if (tag === 4) result.retired = retirement(inner);
    if (tag === 5) result.checksum = new Uint8Array(inner.readBytes());
  }, release);
}

function retirement(reader: PbfReader): string {
  const { message } = reader.readMessage(
    (tag, result: { message: string }, inner) => {
      if (tag === 2) result.message = inner.readString();
    },
    { message: '' },
  );
  return message;
}

/** What cannot be read is as little to be trusted as what has no signature. */
function decoded<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw untrusted(name, 'its registry entry cannot be read');
  }
}
