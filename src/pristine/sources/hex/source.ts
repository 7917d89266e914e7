import { Raised, Refusal } from '../../../elixir/evaluate/refusal.ts';
import { UpgradeError } from '../../../errors/error.ts';
import { type FileTree, joinedTrees, memoryTree } from '../../../project/tree.ts';
import { readDirectory } from '../../directory.ts';
import { flagsFor } from '../../flags.ts';
import { moduleAttribute } from '../../module-attribute.ts';
import { compareVersions, isStable, releaseLine } from '../../versions.ts';
import type { Cache } from '../cache.ts';
import { type Toolchain, toolchainName } from '../mix/toolchain.ts';
import { type PackEntry, treeHash } from '../pack/pack-format.ts';
import type {
  Generated,
  GeneratorRequest,
  Pristine,
  PristineRequest,
  PristineSource,
  Progress,
  Written,
} from '../source.ts';
import { type PackageFiles, packageRoot } from './package.ts';
import type { Installer } from './project.ts';
import type { HexRepository } from './repository.ts';
import { toolchainFor } from './world.ts';

/** What the `hex` source works with. */
export interface HexSourceSettings {
  readonly repository: HexRepository;
  readonly cache: Cache;
  /** The Elixir on this machine, if any: a project is generated as it would. */
  readonly toolchain: Toolchain | null;
  /** Directories that may hold an unpacked phoenix package: the project's `deps/phoenix`. */
  readonly packages: readonly string[];
  readonly progress: Progress;
}

/** Names what the cache keeps of this source: text made by `mix` with the same toolchain is kept apart. */
const installerId = 'evaluated';

/** Of `phx_gen_auth`, for Phoenix 1.5. */
const lastAuthPackage = '0.7.0';

/** The published installer, evaluated here: any version and flags, without Elixir. */
export class HexSource implements PristineSource {
  readonly kind = 'hex';
  readonly #settings: HexSourceSettings;

  constructor(settings: HexSourceSettings) {
    this.#settings = settings;
  }

  /** Stable releases that were not taken back; none where the repository cannot be asked. */
  async versions(): Promise<readonly string[]> {
    const releases = await this.#settings.repository.releases('phx_new').catch((error) => {
      if (error instanceof UpgradeError) return null;
      throw error;
    });
    const usable = (releases ?? []).filter(({ retired }) => retired === null).map(({ version }) => version);
    return usable.filter(isStable).sort(compareVersions);
  }

  /** Throws `no-repository`, `package-untrusted`, `bad-package`, `not-evaluated`, `generator-failed`, `no-space`. */
  async project(request: PristineRequest): Promise<Pristine | null> {
    const toolchain = toolchainFor(request, this.#settings.toolchain);
    if (toolchain === null) return null;
    return this.#kept('project', request, toolchain, async () => {
      const installer = await this.#installer(request.version);
      if (installer === null) return null;
      this.#settings.progress(`generating Phoenix ${[request.version, ...request.flags].join(' ')}`);
      // The evaluator is loaded only where something is evaluated.
      const { evaluateProject } = await import('./project.ts');
      return evaluated('mix phx.new', request, () => evaluateProject(installer, request, toolchain));
    });
  }

  /** Throws what `project` throws. */
  async release(request: PristineRequest): Promise<Pristine | null> {
    const toolchain = toolchainFor(request, this.#settings.toolchain);
    if (toolchain === null || flagsFor(request.version, request.flags).flags.includes('--umbrella')) return null;
    return this.#kept('release', request, toolchain, async () => {
      const files = await this.#phoenix(request.version);
      const project = files && (await this.project(request));
      if (files === null || project === null) return null;
      const input = { files, request, project: project.tree, toolchain };
      const { evaluateRelease } = await import('./release.ts');
      return evaluated('mix phx.gen.release', request, () => evaluateRelease(input));
    });
  }

  /** Throws what `project` throws. */
  async generated(request: GeneratorRequest): Promise<Generated | null> {
    const toolchain = toolchainFor(request, this.#settings.toolchain);
    const phoenix = toolchain && (await this.#generators(request));
    const project = phoenix && (await this.project(request));
    if (!toolchain || !phoenix || !project) return null;
    const { evaluateGenerators } = await import('./generator.ts');
    const task = request.calls.map((call) => `mix ${call.task}`).join(', ');
    const made = evaluated(task, request, () =>
      evaluateGenerators({ phoenix, project: project.tree, request }, toolchain),
    );
    return { ...project, ...made };
  }

  /** Throws what `project` throws. What was written before is read from the cache. */
  async writtenInto(project: FileTree, request: GeneratorRequest): Promise<Written | null> {
    const toolchain = toolchainFor(request, this.#settings.toolchain);
    if (toolchain === null) return null;
    const calls = request.calls.map(({ task, args }) => [task, ...args].join(' '));
    if (request.apart !== undefined) calls.push(`phx_gen_auth ${request.apart}`);
    const named = {
      ...request,
      flags: [...flagsFor(request.version, request.flags).flags, ...calls, treeHash(project).slice(0, 12)],
    };
    const made = await this.#keptAs('generated', named, toolchain, async () => {
      const phoenix = await this.#generators(request);
      if (phoenix === null) return null;
      this.#settings.progress(`running ${calls.join(', ')} of Phoenix ${request.version}`);
      const { evaluateGenerators } = await import('./generator.ts');
      const task = request.calls.map((call) => `mix ${call.task}`).join(', ');
      const { tree, written } = evaluated(task, request, () =>
        evaluateGenerators({ phoenix, project, request }, toolchain),
      );
      return onlyPaths(tree, written);
    });
    if (made === null) return null;
    return { tree: joinedTrees(project, made.tree), written: new Set(made.tree.paths) };
  }

  /** The phoenix package, for 1.5 with the package that `phx.gen.auth` was published in before it was part of it. */
  async #generators({ version, calls, apart: wanted }: GeneratorRequest): Promise<PackageFiles | null> {
    const phoenix = await this.#phoenix(version);
    const isApart = releaseLine(version) === '1.5' && calls.some(({ task }) => task === 'phx.gen.auth');
    if (phoenix === null || !isApart) return phoenix;
    const apart = await this.#settings.repository.files('phx_gen_auth', wanted ?? lastAuthPackage);
    return apart && new Map([...apart, ...phoenix]);
  }

  async #kept(
    part: PackEntry['part'],
    request: PristineRequest,
    toolchain: Toolchain,
    make: () => Promise<FileTree | null>,
  ): Promise<Pristine | null> {
    return this.#keptAs(part, { ...request, flags: flagsFor(request.version, request.flags).flags }, toolchain, make);
  }

  /** With the flags as they are given: they are what an entry of the cache is found by. */
  async #keptAs(
    part: PackEntry['part'],
    { version, names, flags }: PristineRequest,
    toolchain: Toolchain,
    make: () => Promise<FileTree | null>,
  ): Promise<Pristine | null> {
    const { cache } = this.#settings;
    const name = toolchainName(toolchain);
    const known = await cache.read(version, name, { part, flags, names, installer: installerId });
    if (known) return { kind: 'cache', tree: known.tree, toolchain: known.toolchain };
    const tree = await make();
    if (tree === null) return null;
    await cache.write({ version, flags, part, names, toolchain: name, tree }, installerId);
    return { kind: 'hex', tree, toolchain: name };
  }

  /** Installers of 1.3 take files of the phoenix package that they were published with. */
  async #installer(version: string): Promise<Installer | null> {
    const files = await this.#settings.repository.files('phx_new', version);
    if (files === null) return null;
    const generator = new TextDecoder().decode(files.get('lib/phx_new/generator.ex'));
    if (!generator.includes('../../../priv/static')) return { files };
    const phoenix = await this.#phoenix(version);
    return phoenix && { files, beside: below(phoenix, 'priv/static/', packageRoot.replace(/[^/]+$/, '')) };
  }

  /** Files of the phoenix package of exactly that version. */
  async #phoenix(version: string): Promise<PackageFiles | null> {
    for (const directory of this.#settings.packages) {
      const files = await packageIn(directory);
      if (files && versionOf(files) === version) return files;
    }
    return this.#settings.repository.files('phoenix', version);
  }
}

function onlyPaths(tree: FileTree, paths: Iterable<string>): FileTree {
  const files = [...paths].map((path) => {
    const file = { bytes: tree.bytes(path) ?? new Uint8Array(), executable: tree.executable(path) };
    return [path, file] as const;
  });
  return memoryTree(new Map(files));
}

function below(files: PackageFiles, folder: string, root: string): PackageFiles {
  return new Map([...files].filter(([path]) => path.startsWith(folder)).map(([path, bytes]) => [root + path, bytes]));
}

function versionOf(files: PackageFiles): string | null {
  const mixfile = files.get('mix.exs');
  return mixfile ? moduleAttribute(new TextDecoder().decode(mixfile), 'version') : null;
}

async function packageIn(directory: string): Promise<PackageFiles | null> {
  const tree = await readDirectory(directory, () => undefined).catch(() => null);
  if (tree === null) return null;
  return new Map(tree.paths.map((path) => [path, tree.bytes(path) ?? new Uint8Array()]));
}

/** What evaluation refuses and what the task itself raises, as errors of ours. */
function evaluated<T>(task: string, { version }: PristineRequest, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw new UpgradeError('not-evaluated', { version, reason: error.message }, error);
    if (error instanceof Raised)
      throw new UpgradeError('generator-failed', { task, version, output: error.message }, error);
    throw error;
  }
}
