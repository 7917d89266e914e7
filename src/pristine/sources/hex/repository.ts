import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UpgradeError } from '../../../errors/error.ts';
import { explained } from '../../directory.ts';
import type { Progress } from '../source.ts';
import type { PackageFiles } from './package.ts';
import { type Release, readRegistry } from './registry.ts';
import type { HexSettings } from './settings.ts';
import { type PackageName, unpackTarball, verifyTarball } from './tarball.ts';
import type { Transport } from './transport.ts';

/** How long a registry entry counts as news. */
const fresh = 24 * 60 * 60 * 1000;
const largestEntry = 8 << 20;
const largestTarball = 32 << 20;

/**
 * Packages of Hex's repository, each verified before anything of it is used: what the user's own Hex has fetched, what
 * this program has, else what the repository or its mirror answers.
 */
export class HexRepository {
  readonly #settings: HexSettings;
  readonly #transport: Transport;
  readonly #progress: Progress;
  readonly #now: () => number;
  readonly #releases = new Map<string, Promise<readonly Release[] | null>>();

  constructor(settings: HexSettings, transport: Transport, progress: Progress, now: () => number = Date.now) {
    this.#settings = settings;
    this.#transport = transport;
    this.#progress = progress;
    this.#now = now;
  }

  /** The releases of a package; null where nothing is known of it offline. Throws `no-repository`, `package-untrusted`. */
  releases(name: string): Promise<readonly Release[] | null> {
    const known = this.#releases.get(name) ?? this.#ask(name);
    this.#releases.set(name, known);
    return known;
  }

  /**
   * The files of one release; null where there is no such release, or none without the network that must not be used.
   * Throws `no-repository`, `package-untrusted`, `bad-package`, `no-space`.
   */
  async files(name: string, version: string): Promise<PackageFiles | null> {
    const releases = await this.releases(name);
    const release = releases?.find((one) => one.version === version);
    if (releases !== null && !release) return null;
    const files = await this.#unpacked({ name, version }, release);
    if (files !== null && release?.retired != null)
      this.#progress(`${name} ${version} was taken back by its authors: ${release.retired}`);
    return files;
  }

  async #ask(name: string): Promise<readonly Release[] | null> {
    const { url, publicKey, offline, cache } = this.#settings;
    const path = join(cache, 'registry', name);
    const kept = await this.#entry(path);
    if (kept && (offline || kept.age < fresh)) return this.#readKept(kept.bytes, name, path);
    if (offline) return null;
    const answer = await this.#transport.get(`${url}/packages/${name}`, largestEntry);
    if (answer.kind === 'missing') return [];
    if (answer.kind === 'failed') {
      if (kept) return this.#readKept(kept.bytes, name, path);
      throw new UpgradeError('no-repository', { url, reason: answer.reason });
    }
    const releases = readRegistry(answer.bytes, name, publicKey);
    await keep(path, answer.bytes);
    return releases;
  }

  async #entry(path: string): Promise<{ bytes: Uint8Array; age: number } | null> {
    try {
      const [bytes, { mtimeMs }] = await Promise.all([readFile(path), stat(path)]);
      return { bytes, age: this.#now() - mtimeMs };
    } catch {
      return null;
    }
  }

  /** An entry that was changed where it is kept is worth no more than one on the way. */
  async #readKept(bytes: Uint8Array, name: string, path: string): Promise<readonly Release[]> {
    try {
      return readRegistry(bytes, name, this.#settings.publicKey);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** What is refused is not kept. */
  async #unpacked(name: PackageName, release: Release | undefined): Promise<PackageFiles | null> {
    const { ownPackages, cache, offline } = this.#settings;
    const file = `${name.name}-${name.version}.tar`;
    const place = join(cache, 'packages', file);
    for (const path of [...ownPackages.map((directory) => join(directory, file)), place]) {
      const bytes = await readFile(path).catch(() => null);
      if (bytes !== null && isListed(bytes, release, name)) return unpackTarball(bytes, name);
    }
    if (offline || !release) return null;
    this.#progress(`fetching ${name.name} ${name.version}`);
    const tarball = await this.#fetched(file);
    if (tarball === null) return null;
    verifyTarball(tarball, release.checksum, name);
    const files = await unpackTarball(tarball, name);
    await keep(place, tarball);
    return files;
  }

  async #fetched(file: string): Promise<Uint8Array | null> {
    const { url } = this.#settings;
    const answer = await this.#transport.get(`${url}/tarballs/${file}`, largestTarball);
    if (answer.kind === 'failed') throw new UpgradeError('no-repository', { url, reason: answer.reason });
    return answer.kind === 'missing' ? null : answer.bytes;
  }
}

/** Without a registry entry, what the user's own Hex has kept is taken for what it fetched. */
function isListed(bytes: Uint8Array, release: Release | undefined, name: PackageName): boolean {
  if (!release) return true;
  try {
    verifyTarball(bytes, release.checksum, name);
    return true;
  } catch {
    return false;
  }
}

/** Written whole or not at all. Throws `no-space`. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.unfinished`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw explained(error, dirname(path));
  }
}
