import { execaSync } from 'execa';
import { parse } from '../src/elixir/parse.ts';
import { parseVersion } from '../src/elixir/requirement.ts';
import type { PackageVersion } from '../src/packages/source/assemble.ts';
import type { DefinedModule } from '../src/packages/source/definitions.ts';
import { definedModules } from '../src/packages/source/definitions.ts';
import { erlangModule } from '../src/packages/source/erlang.ts';
import { type PackageRequirements, packageRequirements } from '../src/packages/source/requirements.ts';

const maxOutput = 1 << 30;

/** A file of one commit: `object` is the hash of its content. */
interface TreeFile {
  readonly path: string;
  readonly object: string;
}

/** A package's repository, read through git at its tags: nothing of it is checked out or run. */
export class PackageCheckout {
  readonly #directory: string;
  /** Most files are the same in most versions, and each is read once. */
  readonly #modules = new Map<string, readonly DefinedModule[]>();
  readonly #requirements = new Map<string, PackageRequirements>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Name of the package and what each of its tagged versions states. Throws `Error` where no version names an app. */
  read(): { readonly name: string; readonly versions: readonly PackageVersion[] } {
    const trees = this.#tags().map(({ tag, version }) => ({ version, files: this.#files(tag) }));
    this.#parse(trees.flatMap(({ files }) => files));
    const versions = trees.flatMap(({ version, files }) => this.#version(version, files));
    const name = versions.map(({ requirements }) => requirements.name).findLast((one) => one !== null);
    if (!name) throw new Error(`no tagged version of an app in ${this.#directory}`);
    return { name, versions };
  }

  #git(args: readonly string[], input?: string): string {
    const { stdout } = execaSync('git', args, { cwd: this.#directory, input: input ?? '', maxBuffer: maxOutput });
    return stdout;
  }

  /** `v1.7.0` and `1.7.0`, rising. Tags of another kind are no versions. */
  #tags(): { tag: string; version: string }[] {
    return this.#git(['tag'])
      .split('\n')
      .map((tag) => ({ tag, version: tag.replace(/^v/, '') }))
      .filter(({ version }) => parseVersion(version) !== null);
  }

  #version(version: string, files: readonly TreeFile[]): PackageVersion[] {
    const mix = files.find(({ path }) => path === 'mix.exs');
    const requirements = (mix && this.#requirements.get(mix.object)) ?? erlangApp(files);
    if (!requirements) return [];
    return [{ version, requirements, modules: files.flatMap(({ object }) => this.#modules.get(object) ?? []) }];
  }

  #files(tag: string): TreeFile[] {
    return this.#git(['ls-tree', '-r', '-z', tag, '--', 'lib', 'src', 'ebin', 'mix.exs'])
      .split('\0')
      .flatMap((line) => {
        const [, object, path] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
        return object && path && isSource(path) ? [{ object, path }] : [];
      });
  }

  #parse(files: readonly TreeFile[]): void {
    const different = [...new Map(files.map((file) => [file.object, file])).values()];
    const texts = this.#contents(different.map(({ object }) => object));
    different.forEach(({ object, path }, at) => {
      const text = texts[at] ?? '';
      if (path === 'mix.exs') this.#requirements.set(object, packageRequirements(parse(text)));
      else if (!appFile.test(path)) this.#modules.set(object, modulesOf(path, text));
    });
  }

  /** Contents of objects, in order. */
  #contents(objects: readonly string[]): string[] {
    if (objects.length === 0) return [];
    const { stdout } = execaSync('git', ['cat-file', '--batch'], {
      cwd: this.#directory,
      input: `${objects.join('\n')}\n`,
      encoding: 'buffer',
      maxBuffer: maxOutput,
    });
    const bytes = Buffer.from(stdout);
    let at = 0;
    return objects.map(() => {
      const end = bytes.indexOf(10, at);
      const size = Number(bytes.subarray(at, end).toString().split(' ')[2]);
      const text = bytes.subarray(end + 1, end + 1 + size).toString();
      at = end + 1 + size + 1;
      return text;
    });
  }
}

/** The description of an Erlang app, named after it. */
const appFile = /^(?:src\/(\w+)\.app\.src|ebin\/(\w+)\.app)$/;

/** An Erlang package without a `mix.exs`: what it asks for is not read. */
function erlangApp(files: readonly TreeFile[]): PackageRequirements | null {
  const [, source, built] = files.map(({ path }) => appFile.exec(path)).find((match) => match !== null) ?? [];
  const name = source ?? built ?? null;
  return name === null ? null : { name, elixir: null, deps: new Map() };
}

/** Mix tasks are run by name, not called. */
function isSource(path: string): boolean {
  if (path === 'mix.exs' || appFile.test(path)) return true;
  return /^lib\/.*\.ex$|^src\/[^/]+\.erl$/.test(path) && !path.startsWith('lib/mix/');
}

function modulesOf(path: string, text: string): readonly DefinedModule[] {
  if (!path.endsWith('.erl')) return definedModules(parse(text));
  const module = erlangModule(text);
  return module ? [module] : [];
}
