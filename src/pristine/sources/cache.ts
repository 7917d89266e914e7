import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explained } from '../directory.ts';
import { flagsFor } from '../flags.ts';
import { sameNames } from '../naming.ts';
import { compareVersions, isStable } from '../versions.ts';
import { encodePack } from './pack/pack-encode.ts';
import { type PackEntry, PackRefusal } from './pack/pack-format.ts';
import { fitsToolchain, type Pristine, type PristineRequest, type PristineSource } from './source.ts';

/** What a cached project is found by, besides its version. */
type Key = Pick<PackEntry, 'flags' | 'names' | 'part'> & { readonly installer: string };

/** One file of the cache, for `cache list`. */
export interface CachedFile {
  readonly version: string;
  readonly toolchain: string;
  readonly flags: readonly string[];
  readonly app: string;
  readonly part: PackEntry['part'];
  /** Size on disk. */
  readonly bytes: number;
}

/** Generated projects by version, toolchain, flags and names: one small pack for each, written whole or not at all. */
export class Cache {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** A directory for what one installer version needs under one toolchain, that other code fills. */
  archives(toolchain: string, version: string, installer: string): string {
    return join(this.root, 'archives', toolchain, installer === 'hex' ? version : `${version}-${installer}`);
  }

  /** An unpacked package, filled by other code. */
  package(name: string, version: string): string {
    return join(this.root, 'packages', `${name}-${version}`);
  }

  /** The entry, or null when there is none; a damaged file counts as none and is removed. */
  async read(version: string, toolchain: string, key: Key): Promise<PackEntry | null> {
    return (await this.#load(this.#file(version, toolchain, key)))?.[0] ?? null;
  }

  /** Keeps an entry. Throws `no-space`. */
  async write(entry: PackEntry, installer: string): Promise<void> {
    const file = this.#file(entry.version, entry.toolchain, { ...entry, installer });
    const unfinished = join(this.root, `unfinished-${randomUUID()}`);
    try {
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(unfinished, encodePack([entry], 'quick'));
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw explained(error, this.root);
    }
  }

  /** Everything that is kept for a version, whatever toolchain made it. */
  async entries(version: string): Promise<PackEntry[]> {
    const files = await this.#files(version);
    const loaded = await Promise.all(files.map((file) => this.#load(file)));
    return loaded.flatMap((entries) => entries ?? []);
  }

  async versions(): Promise<string[]> {
    return (await namesIn(join(this.root, 'projects'))).filter(isStable).sort(compareVersions);
  }

  async list(): Promise<CachedFile[]> {
    const listed: CachedFile[] = [];
    for (const version of await this.versions()) {
      for (const file of await this.#files(version)) {
        const [entry] = (await this.#load(file)) ?? [];
        if (!entry) continue;
        const { toolchain, flags, part } = entry;
        listed.push({ version, toolchain, flags, part, app: entry.names.app, bytes: (await stat(file)).size });
      }
    }
    return listed;
  }

  /** Removes projects, installers, packages and what was fetched of Hex; what else may lie in the directory stays. */
  async clear(): Promise<void> {
    for (const part of ['projects', 'archives', 'packages', 'hex'])
      await rm(join(this.root, part), { recursive: true, force: true });
  }

  async #files(version: string): Promise<string[]> {
    const root = join(this.root, 'projects', version);
    const found: string[] = [];
    for (const toolchain of await namesIn(root)) {
      for (const file of await namesIn(join(root, toolchain))) found.push(join(root, toolchain, file));
    }
    return found;
  }

  async #load(file: string): Promise<PackEntry[] | null> {
    const { decodePack } = await import('./pack/pack-decode.ts');
    try {
      return decodePack(await readFile(file));
    } catch (error) {
      if (error instanceof PackRefusal) await rm(file, { force: true });
      return null;
    }
  }

  #file(version: string, toolchain: string, { flags, names, part, installer }: Key): string {
    const key = JSON.stringify([part, flags, names.app, names.webApp, names.module, names.webModule, installer]);
    const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
    return join(this.root, 'projects', version, toolchain, `${digest}.pack`);
  }
}

async function namesIn(directory: string): Promise<string[]> {
  return (await readdir(directory).catch(() => [])).sort();
}

/**
 * The cache alone, where there is no `mix` or none is wanted. Only a project with exactly these flags and names
 * fits; of several, the one of the preferred toolchain.
 */
export function cacheSource(cache: Cache, preferred: string | null): PristineSource {
  const find = async (part: PackEntry['part'], request: PristineRequest): Promise<Pristine | null> => {
    const flags = flagsFor(request.version, request.flags).flags.join(' ');
    const fitting = (await cache.entries(request.version)).filter(
      (entry) =>
        entry.part === part &&
        entry.flags.join(' ') === flags &&
        sameNames(entry.names, request.names) &&
        fitsToolchain(entry, request),
    );
    const found = fitting.find(({ toolchain }) => toolchain === preferred) ?? fitting.at(-1);
    return found ? { kind: 'cache', tree: found.tree, toolchain: found.toolchain } : null;
  };
  return {
    kind: 'cache',
    versions: () => cache.versions(),
    project: (request) => find('project', request),
    release: (request) => find('release', request),
  };
}
