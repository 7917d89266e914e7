import { brotliCompressSync, constants } from 'node:zlib';
import { variantOf } from '../../flags.ts';
import { compareVersions } from '../../versions.ts';
import { magic, modes, type PackEntry, sha256, treeHash } from './pack-format.ts';
import type { Manifest, ManifestTree } from './pack-manifest.ts';

/**
 * One compressed file of several generated projects; equal files are stored once. The same entries make the
 * same bytes: sorted, and with no time in them. Layout: a line `phx-upgrade pack 1 SIZE SHA256`, then,
 * compressed, the manifest's length (32 bits), the manifest and the contents of the files. `quick` takes a fifteenth of the time for one
 * project and makes it 4 % larger.
 */
export function encodePack(entries: readonly PackEntry[], effort: 'thorough' | 'quick' = 'thorough'): Uint8Array {
  const blobs = new Map<string, { index: number; bytes: Uint8Array }>();
  const trees = [...entries].sort(byName).map((entry) => manifestTree(entry, blobs));
  const manifest: Manifest = { trees, blobs: [...blobs].map(([sha, { bytes }]) => [sha, bytes.length]) };
  const text = Buffer.from(JSON.stringify(manifest));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const payload = Buffer.concat([length, text, ...[...blobs.values()].map(({ bytes }) => bytes)]);
  const header = Buffer.from(`${magic} ${payload.length} ${sha256(payload)}\n`);
  return Buffer.concat([header, compressed(payload, effort === 'quick' ? 5 : 9)]);
}

function byName(a: PackEntry, b: PackEntry): number {
  const key = ({ flags, part, names, toolchain }: PackEntry) =>
    `${part}/${variantOf(flags)}/${names.app}/${names.module}/${toolchain}`;
  return compareVersions(a.version, b.version) || (key(a) < key(b) ? -1 : Number(key(a) > key(b)));
}

function manifestTree(entry: PackEntry, blobs: Map<string, { index: number; bytes: Uint8Array }>): ManifestTree {
  const { tree, version, flags, part, names, toolchain } = entry;
  const files = tree.paths.map((path): [string, number, string] => {
    const bytes = tree.bytes(path) ?? new Uint8Array();
    const sha = sha256(bytes);
    const blob = blobs.get(sha) ?? { index: blobs.size, bytes };
    blobs.set(sha, blob);
    return [path, blob.index, tree.executable(path) ? modes.executable : modes.plain];
  });
  return { version, flags: [...flags], part, names: { ...names }, toolchain, hash: treeHash(tree), files };
}

function compressed(payload: Uint8Array, quality: number): Uint8Array {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(payload, {
    params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: payload.length },
  });
}
