import { evaluateGenerators } from '../src/pristine/sources/hex/generator.ts';
import type { PackageFiles } from '../src/pristine/sources/hex/package.ts';
import { packageRoot } from '../src/pristine/sources/hex/package.ts';
import { evaluateProject } from '../src/pristine/sources/hex/project.ts';
import type {
  GeneratorRequest,
  Pristine,
  PristineRequest,
  PristineSource,
  Written,
} from '../src/pristine/sources/source.ts';
import { compareVersions, isStable } from '../src/pristine/versions.ts';
import type { FileTree } from '../src/project/tree.ts';
import { below, filesOfTag, tagsOf } from './verify/tags.ts';

/** Checkouts, work trees or bare ones with tags, of Phoenix and of `phx_gen_auth`, the package that 1.5 had for it. */
export interface GeneratorCheckouts {
  readonly phoenix: string;
  readonly apart?: string | undefined;
}

const world = { elixir: '1.18.4', otp: '27.3.4' };

/** Pristine projects and generated code from the tags of checkouts, evaluated here: what the source `hex` does with packages. */
export class CheckoutSource implements PristineSource {
  readonly kind = 'hex';
  readonly checkouts: GeneratorCheckouts;
  readonly #packages = new Map<string, PackageFiles>();
  readonly #projects = new Map<string, FileTree>();

  constructor(checkouts: GeneratorCheckouts) {
    this.checkouts = checkouts;
  }

  async versions(): Promise<readonly string[]> {
    return stableTags(this.checkouts.phoenix);
  }

  async project(request: PristineRequest): Promise<Pristine> {
    return { kind: this.kind, tree: this.projectAt(request), toolchain: null };
  }

  async release(): Promise<null> {
    return null;
  }

  async writtenInto(project: FileTree, request: GeneratorRequest): Promise<Written> {
    return this.written(project, request);
  }

  /** As `writtenInto`, at once; `apart` is a version of the package apart, the last one where it is left out. Throws what evaluation throws. */
  written(project: FileTree, request: GeneratorRequest, apart = request.apart): Written {
    const isApart = request.version.startsWith('1.5.') && this.checkouts.apart !== undefined;
    const release = apart ?? (isApart ? stableTags(this.checkouts.apart ?? '').at(-1) : undefined);
    const phoenix = this.#package(request.version);
    const files = release === undefined ? phoenix : new Map([...this.#apart(release), ...phoenix]);
    return evaluateGenerators({ phoenix: files, project, request }, world);
  }

  /** The project that a version writes. Throws what evaluation throws. */
  projectAt(request: PristineRequest): FileTree {
    const key = JSON.stringify([request.version, request.flags, request.names]);
    const known = this.#projects.get(key);
    if (known) return known;
    const parent = packageRoot.replace(/\/[^/]*$/, '');
    const installer = below(filesOfTag(this.checkouts.phoenix, `v${request.version}`, ['installer']), 'installer');
    const beside = new Map(
      [...this.#package(request.version)].map(([path, bytes]) => [`${parent}/${path}`, bytes] as const),
    );
    const made = evaluateProject({ files: installer, beside }, request, world);
    this.#projects.set(key, made);
    return made;
  }

  #package(version: string): PackageFiles {
    const folders = ['usage-rules', 'priv', 'lib', 'mix.exs'];
    const known = this.#packages.get(version) ?? withComponents(this.checkouts.phoenix, version, folders);
    this.#packages.set(version, known);
    return known;
  }

  #apart(version: string): PackageFiles {
    return filesOfTag(this.checkouts.apart ?? '', `v${version}`, ['priv', 'lib', 'mix.exs']);
  }
}

/** The package as it is published: since 1.8 with the components of the installer, which a checkout has in one place alone. */
function withComponents(repository: string, version: string, folders: readonly string[]): PackageFiles {
  const files = filesOfTag(repository, `v${version}`, folders);
  const components = 'installer/templates/phx_web/components';
  for (const [path, bytes] of filesOfTag(repository, `v${version}`, [components])) {
    const name = /\/(core_components\.ex(?:\.eex)?)$/.exec(path)?.[1];
    const at = `priv/templates/phx.gen.live/${name}`;
    if (name !== undefined && !files.has(at)) files.set(at, bytes);
  }
  return files;
}

/** Stable releases of a checkout, oldest first. */
export function stableTags(repository: string): string[] {
  return tagsOf(repository)
    .map((tag) => tag.slice(1))
    .filter(isStable)
    .sort(compareVersions);
}
