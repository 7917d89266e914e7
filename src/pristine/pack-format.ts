import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import type { Names } from '../elixir/names.ts';
import { type FileTree, memoryTree } from '../project/tree.ts';
import { variantOf } from './flags.ts';
import { collision, isSafePath } from './safe-path.ts';
import { compareVersions } from './versions.ts';

/** One generated project in a pack. */
export interface PackEntry {
  readonly version: string;
  /** Canonical flags that this version took. */
  readonly flags: readonly string[];
  /** What `mix phx.new` wrote, or what `mix phx.gen.release --docker` adds. */
  readonly part: 'project' | 'release';
  readonly names: Names;
  /** Elixir and OTP that wrote it. */
  readonly toolchain: string;
  readonly tree: FileTree;
}

/** Far above any real pack; a file that claims more is refused before it is unpacked. */
const limits = { payload: 1 << 29, file: 1 << 24, filesInTree: 20_000, trees: 20_000 };
const modes = { plain: '100644', executable: '100755' } as const;
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const appName = z.string().regex(/^[a-z][a-z0-9_]*$/);
const moduleName = z.string().regex(/^[A-Z][A-Za-z0-9_]*(\.[A-Z][A-Za-z0-9_]*)*$/);
const file = z.tuple([z.string(), z.int().nonnegative(), z.string()]);
const manifestSchema = z.strictObject({
  trees: z
    .array(
      z.strictObject({
        version: z.string().regex(/^\d+\.\d+\.\d+$/),
        flags: z.array(z.string()),
        part: z.enum(['project', 'release']),
        names: z.strictObject({ app: appName, webApp: appName, module: moduleName, webModule: moduleName }),
        toolchain: z.string(),
        hash,
        files: z.array(file).min(1).max(limits.filesInTree),
      }),
    )
    .max(limits.trees),
  blobs: z.array(z.tuple([hash, z.int().nonnegative().max(limits.file)])),
});
type Manifest = z.infer<typeof manifestSchema>;
type ManifestTree = Manifest['trees'][number];

const magic = 'phx-upgrade pack 1';
const headerEnd = 0x0a;

/**
 * One compressed file of several generated projects; equal files are stored once. The same entries make the
 * same bytes: sorted, and with no time in them. Layout: a line `phx-upgrade pack 1 SIZE SHA256`, then,
 * compressed, the manifest's length (32 bits), the manifest and the contents of the files.
 */
export function encodePack(entries: readonly PackEntry[]): Uint8Array {
  const blobs = new Map<string, { index: number; bytes: Uint8Array }>();
  const trees = [...entries].sort(byName).map((entry) => manifestTree(entry, blobs));
  const manifest: Manifest = { trees, blobs: [...blobs].map(([sha, { bytes }]) => [sha, bytes.length]) };
  const text = Buffer.from(JSON.stringify(manifest));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const payload = Buffer.concat([length, text, ...[...blobs.values()].map(({ bytes }) => bytes)]);
  const header = Buffer.from(`${magic} ${payload.length} ${sha256(payload)}\n`);
  return Buffer.concat([header, compressed(payload)]);
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

function compressed(payload: Uint8Array): Uint8Array {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(payload, {
    params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: payload.length },
  });
}

/** Hash of a tree's paths, modes and contents. */
export function treeHash(tree: FileTree): string {
  const lines = tree.paths.map((path) => {
    const mode = tree.executable(path) ? modes.executable : modes.plain;
    return `${mode} ${sha256(tree.bytes(path) ?? new Uint8Array())} ${path}\n`;
  });
  return sha256(Buffer.from(lines.join('')));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Why a pack is refused, in words that complete "The pack FILE cannot be used: …". */
export class PackRefusal extends Error {}

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
