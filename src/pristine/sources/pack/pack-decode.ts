import { brotliDecompressSync } from 'node:zlib';
import { memoryTree } from '../../../project/tree.ts';
import { variantOf } from '../../flags.ts';
import { collision, isSafePath } from '../../safe-path.ts';
import { limits, modes, type PackEntry, PackRefusal, sha256, treeHash } from './pack-format.ts';
import { type Manifest, type ManifestTree, manifestSchema } from './pack-manifest.ts';

const headerEnd = 0x0a;

/** The projects of a pack. Throws a PackRefusal for anything but a whole, unchanged, harmless pack. */
export function decodePack(bytes: Uint8Array): PackEntry[] {
  const { size, sha, body } = readHeader(bytes);
  const payload = unpacked(body, size);
  if (sha256(payload) !== sha) throw new PackRefusal('its content does not match its checksum');
  const { manifest, rest } = readManifest(payload);
  const contents = readContents(manifest, rest);
  refuseTwins(manifest.trees);
  return manifest.trees.map((tree) => readTree(tree, contents));
}

function readHeader(bytes: Uint8Array): { size: number; sha: string; body: Uint8Array } {
  const end = bytes.indexOf(headerEnd);
  const line = Buffer.from(bytes.subarray(0, Math.min(end, 200))).toString('latin1');
  const match = /^phx-upgrade pack (\d+) (\d+) ([0-9a-f]{64})$/.exec(line);
  if (end === -1 || !match) throw new PackRefusal('it is no pack of phx-upgrade');
  if (match[1] !== '1') throw new PackRefusal(`it has format ${match[1]}, and only format 1 is known here`);
  const size = Number(match[2]);
  if (size > limits.payload)
    throw new PackRefusal(`it claims to hold ${match[2]} bytes, more than the limit of ${limits.payload}`);
  return { size, sha: match[3] ?? '', body: bytes.subarray(end + 1) };
}

function unpacked(body: Uint8Array, size: number): Buffer {
  let payload: Buffer;
  try {
    payload = brotliDecompressSync(body, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    const larger = error instanceof RangeError;
    throw new PackRefusal(larger ? 'it unpacks to more than it claims' : 'it is damaged or cut off');
  }
  if (payload.length !== size) throw new PackRefusal('it unpacks to less than it claims');
  return payload;
}

function readManifest(payload: Buffer): { manifest: Manifest; rest: Buffer } {
  const length = payload.length < 4 ? -1 : payload.readUInt32BE();
  if (length < 0 || length > payload.length - 4) throw new PackRefusal('its manifest is cut off');
  const parsed = manifestSchema.safeParse(jsonOf(payload.subarray(4, 4 + length)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new PackRefusal(`its manifest is not valid (${issue?.path.join('.') || 'text'}: ${issue?.message})`);
  }
  return { manifest: parsed.data, rest: payload.subarray(4 + length) };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function readContents(manifest: Manifest, rest: Buffer): Uint8Array[] {
  let at = 0;
  return manifest.blobs.map(([sha, size], index) => {
    const bytes = rest.subarray(at, at + size);
    at += size;
    if (bytes.length !== size || sha256(bytes) !== sha)
      throw new PackRefusal(`content ${index} does not match its hash`);
    return bytes;
  });
}

function refuseTwins(trees: readonly ManifestTree[]): void {
  const seen = new Set<string>();
  for (const { version, flags, part, names, toolchain } of trees) {
    const key = JSON.stringify([version, flags, part, names, toolchain]);
    if (seen.has(key)) throw new PackRefusal(`it holds ${version} ${variantOf(flags)} twice`);
    seen.add(key);
  }
}

function readTree(entry: ManifestTree, contents: readonly Uint8Array[]): PackEntry {
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const [path, index, mode] of entry.files) {
    const bytes = contents[index];
    if (!isSafePath(path)) throw new PackRefusal(`the path ${path} leaves its project`);
    if (mode !== modes.plain && mode !== modes.executable)
      throw new PackRefusal(`${path} is no plain file but a link or device (mode ${mode})`);
    if (!bytes) throw new PackRefusal(`${path} has no content`);
    files.set(path, { bytes, executable: mode === modes.executable });
  }
  const twin = collision(entry.files.map(([path]) => path));
  if (twin !== null) throw new PackRefusal(`${twin} is there twice, or differs from another path by letter case alone`);
  const tree = memoryTree(files);
  if (treeHash(tree) !== entry.hash)
    throw new PackRefusal(`the project ${entry.version} ${variantOf(entry.flags)} does not match its hash`);
  return {
    version: entry.version,
    flags: entry.flags,
    part: entry.part,
    names: entry.names,
    toolchain: entry.toolchain,
    tree,
  };
}
