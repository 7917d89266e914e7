import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UpgradeError } from '../../../errors/error.ts';
import type { FileTree } from '../../../project/tree.ts';
import { flagsFor } from '../../flags.ts';
import { compareVersions, elixirOf, isStable } from '../../versions.ts';
import type { Cache } from '../cache.ts';
import type { PackEntry } from '../pack/pack-format.ts';
import type { Pristine, PristineRequest, PristineSource, Progress } from '../source.ts';
import { archiveHash, type LocalArchive } from './archives.ts';
import { generate } from './generator.ts';
import { install, isInstalled } from './installer.ts';
import { phoenixPackage, renderRelease } from './release.ts';
import { type Processes, type Toolchain, toolchainName } from './toolchain.ts';

/** What the `mix` source works with. */
export interface MixSettings {
  readonly cache: Cache;
  readonly processes: Processes;
  readonly toolchain: Toolchain;
  readonly archives: readonly LocalArchive[];
  /** Allows no process that needs the network. */
  readonly offline: boolean;
  /** Directories that may hold an unpacked phoenix package: the project's `deps/phoenix`. */
  readonly packages: readonly string[];
  readonly progress: Progress;
}

/** Where the installer of a version comes from: a local archive, or Hex where `path` is null. */
interface Installer {
  readonly id: string;
  readonly path: string | null;
}

/** The user's own `mix phx.new`. What it made once comes from the cache afterwards, and is called so. */
export class MixSource implements PristineSource {
  readonly kind = 'mix';
  readonly #settings: MixSettings;
  /** Hex gave no answer: asking it again for another version takes as long and fails as well. */
  #unreachable: UpgradeError | null = null;

  constructor(settings: MixSettings) {
    this.#settings = settings;
  }

  /** Versions whose installer is on this machine. */
  async versions(): Promise<readonly string[]> {
    const { cache, archives, toolchain } = this.#settings;
    const installed: string[] = await readdir(join(cache.root, 'archives', toolchainName(toolchain))).catch(() => []);
    const known = [...archives.map(({ version }) => version), ...installed.map((name) => name.split('-')[0] ?? name)];
    return [...new Set(known)].filter(isStable).sort(compareVersions);
  }

  async project(request: PristineRequest): Promise<Pristine> {
    const { processes, toolchain, progress } = this.#settings;
    const { version } = request;
    const installer = await this.#installer(version);
    const known = await this.#kept('project', request, installer.id);
    if (known) return known;
    refuseOldElixir(version, toolchain);
    const archives = await this.#installed(version, installer);
    progress(`generating Phoenix ${[version, ...request.flags].join(' ')}`);
    const tree = await generate({ ...request, archives, elixir: toolchain.elixir }, processes);
    return this.#keep('project', request, installer.id, tree);
  }

  async release(request: PristineRequest): Promise<Pristine | null> {
    const { processes, toolchain, cache, offline, packages, progress } = this.#settings;
    if (flagsFor(request.version, request.flags).flags.includes('--umbrella')) return null;
    const known = await this.#kept('release', request, templatesOfPackage);
    if (known) return known;
    const source = await phoenixPackage(request.version, { packages, cache, offline, processes, progress });
    if (source === null) return null;
    const project = await this.project(request);
    const tree = await renderRelease({ source, request, project: project.tree, toolchain }, processes);
    return tree && this.#keep('release', request, templatesOfPackage, tree);
  }

  /** The archive directory of a version, its installer in it. */
  async #installed(version: string, { id, path: archive }: Installer): Promise<string> {
    const { cache, processes, toolchain, progress, offline } = this.#settings;
    const directory = cache.archives(toolchainName(toolchain), version, id);
    if (this.#unreachable && archive === null && !(await isInstalled(directory))) throw this.#unreachable;
    try {
      await install({ version, directory, archive, offline, elixir: toolchain.elixir }, processes, progress);
    } catch (error) {
      if (archive === null && isUnanswered(error)) this.#unreachable = error;
      throw error;
    }
    return directory;
  }

  async #installer(version: string): Promise<Installer> {
    const local = this.#settings.archives.find((archive) => archive.version === version);
    return local ? { id: await archiveHash(local.path), path: local.path } : { id: 'hex', path: null };
  }

  async #kept(part: PackEntry['part'], request: PristineRequest, installer: string): Promise<Pristine | null> {
    const { cache, toolchain } = this.#settings;
    const { flags } = flagsFor(request.version, request.flags);
    const key = { part, flags, names: request.names, installer };
    const entry = await cache.read(request.version, toolchainName(toolchain), key);
    return entry && { kind: 'cache', tree: entry.tree, toolchain: entry.toolchain };
  }

  async #keep(part: PackEntry['part'], request: PristineRequest, installer: string, tree: FileTree): Promise<Pristine> {
    const { version, names } = request;
    const toolchain = toolchainName(this.#settings.toolchain);
    const { flags } = flagsFor(version, request.flags);
    await this.#settings.cache.write({ version, flags, part, names, toolchain, tree }, installer);
    return { kind: 'mix', tree, toolchain };
  }
}

/** Release files come from the phoenix package, whichever installer wrote the project. */
const templatesOfPackage = 'package';

function isUnanswered(error: unknown): error is UpgradeError {
  return error instanceof UpgradeError && (error.code === 'no-network' || error.code === 'generator-timeout');
}

function refuseOldElixir(version: string, { elixir }: Toolchain): void {
  const needed = elixirOf(version);
  const here = elixir.split('-')[0] ?? elixir;
  if (compareVersions(here, needed) < 0)
    throw new UpgradeError('elixir-too-old', { version, needed: needed.replace(/\.0$/, ''), here: elixir });
}
