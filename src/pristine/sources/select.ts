import { readFile } from 'node:fs/promises';
import { UpgradeError } from '../../errors/error.ts';
import type { FileTree } from '../../project/tree.ts';
import { variantOf } from '../flags.ts';
import { compareVersions } from '../versions.ts';
import { Cache, cacheSource } from './cache.ts';
import { refuseForeignCache } from './cache-directory.ts';
import { HexRepository } from './hex/repository.ts';
import { hexSettings, isOffline } from './hex/settings.ts';
import { HexSource } from './hex/source.ts';
import { httpTransport } from './hex/transport.ts';
import { localArchives } from './mix/archives.ts';
import { MixSource } from './mix/mix.ts';
import { findToolchain, type Processes, type Toolchain, toolchainName } from './mix/toolchain.ts';
import { openPack } from './pack/pack.ts';
import type {
  Generated,
  GeneratorRequest,
  Pristine,
  PristineRequest,
  PristineSource,
  Progress,
  Written,
} from './source.ts';

/** What the shared options of the command line say about sources. */
export interface SourceOptions {
  /**
   * `auto`: what was made before, a pack if given, the installer from Hex, mix where it is installed; with archives, pack and
   * mix before the others. `snapshots` has no text and so no source.
   */
  readonly source: 'auto' | 'snapshots' | 'pack' | 'hex' | 'mix';
  readonly pack?: string | undefined;
  readonly offline: boolean;
  /** Installer archives named with `--archive`. */
  readonly archives: readonly string[];
  /** Value of `PHX_UPGRADE_ARCHIVES`: a directory of installer archives. */
  readonly archiveDirectory: string | undefined;
  readonly cacheDirectory: string;
  /** Environment of the run, for what Hex and proxies are told by it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directories that may hold an unpacked phoenix package. */
  readonly packages: readonly string[];
  readonly processes: Processes;
  readonly progress: Progress;
}

/**
 * The sources that the options allow, in the order in which they are asked. Throws `no-such-pack`, `bad-pack`,
 * `no-mix` where mix alone is allowed and absent, `unsafe-cache`.
 */
export async function selectSources(given: SourceOptions): Promise<PristineSource[]> {
  // What keeps Hex from the network keeps `mix` from asking Hex.
  const options = { ...given, offline: given.offline || isOffline(given.env) };
  const packs = options.pack === undefined ? [] : [await openPack(options.pack)];
  if (options.source === 'snapshots') return [];
  if (options.source === 'pack') {
    if (packs.length === 0) throw new UpgradeError('no-such-pack', { path: '' });
    return packs;
  }
  refuseForeignCache(options.cacheDirectory);
  const toolchain = await findToolchain(options.processes);
  if (options.source === 'mix' && toolchain === null) throw new UpgradeError('no-mix');
  const cache = new Cache(options.cacheDirectory);
  const hex = await hexSource(options, toolchain, cache);
  if (options.source === 'hex') return [hex];
  const mix = toolchain === null ? [] : [await mixSource(options, toolchain, cache)];
  // Mix looks into the cache itself, for what the same toolchain and installer made.
  if (options.source === 'mix') return mix;
  const cached = cacheSource(cache, toolchain && toolchainName(toolchain));
  const isArchived = options.archives.length > 0 || options.archiveDirectory !== undefined;
  return isArchived ? [...packs, ...mix, cached, hex] : [cached, ...packs, hex, ...mix];
}

/** Throws `bad-key` for a key that is named and cannot be read. */
async function hexSource(options: SourceOptions, toolchain: Toolchain | null, cache: Cache): Promise<HexSource> {
  const { env, cacheDirectory, offline, packages, progress, processes } = options;
  const key = env.PHX_UPGRADE_HEX_KEY ? await readKey(env.PHX_UPGRADE_HEX_KEY) : undefined;
  const settings = hexSettings(env, cacheDirectory, offline, key);
  const transport = httpTransport({ env, authorities: settings.authorities, signal: processes.signal });
  const repository = new HexRepository(settings, transport, progress);
  return new HexSource({ repository, cache, toolchain, packages, progress });
}

async function readKey(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!text.includes('PUBLIC KEY')) throw new UpgradeError('bad-key', { path });
  return text;
}

async function mixSource(options: SourceOptions, toolchain: Toolchain, cache: Cache): Promise<MixSource> {
  const { processes, offline, packages, progress } = options;
  const archives = await localArchives(options.archives, options.archiveDirectory);
  return new MixSource({ cache, processes, toolchain, archives, offline, packages, progress });
}

/** Versions of all sources, oldest first, each with the kinds that have it. */
export async function knownVersions(
  sources: readonly PristineSource[],
): Promise<Map<string, PristineSource['kind'][]>> {
  const kinds = new Map<string, PristineSource['kind'][]>();
  for (const source of sources) {
    for (const version of await source.versions()) kinds.set(version, [...(kinds.get(version) ?? []), source.kind]);
  }
  return new Map([...kinds].sort(([a], [b]) => compareVersions(a, b)));
}

/**
 * The project of the first source that has it; one that fails is passed over while another may have it. Throws what
 * the first that failed threw, else `no-pristine-project`; `interrupted` at once.
 */
export async function obtain(
  sources: readonly PristineSource[],
  request: PristineRequest,
  progress: Progress = silence,
): Promise<Pristine> {
  const wanted = nameOf(request);
  const found = await first(sources, (source) => source.project(request), { wanted, progress });
  if (found.value) return found.value;
  throw found.failure ?? missing(sources, request);
}

/** The project with what generators write into it, from the first source that can run them. Throws as `obtain` does. */
export async function obtainGenerated(
  sources: readonly PristineSource[],
  request: GeneratorRequest,
  progress: Progress = silence,
): Promise<Generated> {
  const wanted = request.calls.map(({ task }) => `mix ${task} of Phoenix ${request.version}`).join(', ');
  const able = sources.filter((source) => source.generated !== undefined);
  const found = await first(able, async (source) => (await source.generated?.(request)) ?? null, { wanted, progress });
  if (found.value) return found.value;
  throw found.failure ?? new UpgradeError('no-generator', { wanted, version: request.version });
}

/** What generators write into a project that is given, from the first source that can run them. Throws as `obtain` does. */
export async function obtainWritten(
  sources: readonly PristineSource[],
  project: FileTree,
  request: GeneratorRequest,
): Promise<Written> {
  const wanted = request.calls.map(({ task }) => `mix ${task} of Phoenix ${request.version}`).join(', ');
  const able = sources.filter((source) => source.writtenInto !== undefined);
  const search = { wanted, progress: silence };
  const found = await first(able, async (source) => (await source.writtenInto?.(project, request)) ?? null, search);
  if (found.value) return found.value;
  throw found.failure ?? new UpgradeError('no-generator', { wanted, version: request.version });
}

/** What `mix phx.gen.release --docker` adds, from the first source that has it; null where none has. Throws as `obtain` does. */
export async function obtainRelease(
  sources: readonly PristineSource[],
  request: PristineRequest,
): Promise<Pristine | null> {
  const search = { wanted: `release files of ${nameOf(request)}`, progress: silence };
  const { value, failure } = await first(sources, (source) => source.release(request), search);
  if (value === null && failure !== null) throw failure;
  return value;
}

/**
 * Both projects of a diff, from one source and one toolchain wherever one has both: what two toolchains write
 * differs for reasons that are no part of an upgrade. Throws as `obtain` does.
 */
export async function obtainPair(
  sources: readonly PristineSource[],
  from: PristineRequest,
  to: PristineRequest,
  progress: Progress = silence,
): Promise<{ from: Pristine; to: Pristine }> {
  const wanted = `${nameOf(from)} and ${to.version}`;
  const pair = await first(sources, (source) => fromOne(source, from, to), { wanted, progress });
  return pair.value ?? { from: await obtain(sources, from), to: await obtain(sources, to) };
}

const silence: Progress = () => undefined;

function nameOf({ version, flags }: PristineRequest): string {
  return [`Phoenix ${version}`, ...flags].join(' ');
}

/** What is looked for, and who hears where it was not found. */
interface Search {
  readonly wanted: string;
  readonly progress: Progress;
}

async function first<T>(
  sources: readonly PristineSource[],
  ask: (source: PristineSource) => Promise<T | null>,
  search: Search,
): Promise<{ value: T | null; failure: UpgradeError | null }> {
  let failure: UpgradeError | null = null;
  for (const [index, source] of sources.entries()) {
    let reason = `no ${search.wanted}`;
    try {
      const value = await ask(source);
      if (value) return { value, failure };
    } catch (error) {
      if (!(error instanceof UpgradeError) || error.exit !== 3 || error.code === 'interrupted') throw error;
      failure ??= error;
      reason = error.message;
    }
    sayNext(source, sources[index + 1], reason, search.progress);
  }
  return { value: null, failure };
}

/** That the cache lacks something is no news. */
function sayNext({ kind }: PristineSource, next: PristineSource | undefined, reason: string, progress: Progress): void {
  if (kind !== 'cache' && next !== undefined) progress(`${kind}: ${reason.replace(/\.$/, '')}; trying ${next.kind}`);
}

async function fromOne(source: PristineSource, from: PristineRequest, to: PristineRequest) {
  const first = await source.project(from);
  if (!first) return null;
  const second = await source.project({ ...to, toolchain: first.toolchain });
  if (second) return { from: first, to: second };
  const other = await source.project(to);
  const matching = other && (await source.project({ ...from, toolchain: other.toolchain }));
  return matching && { from: matching, to: other };
}

function missing(sources: readonly PristineSource[], { version, flags }: PristineRequest): UpgradeError {
  const kinds = sources.map(({ kind }) => kind);
  const hint = kinds.includes('pack')
    ? 'Add that project to the pack, or leave --source pack out where Elixir is installed.'
    : 'Allow the network, install Elixir, or give projects generated elsewhere with --pack FILE.';
  return new UpgradeError('no-pristine-project', {
    version,
    flags: variantOf(flags),
    sources: kinds.join(', ') || 'none',
    hint,
  });
}
