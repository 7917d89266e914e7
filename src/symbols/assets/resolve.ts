import { posix } from 'node:path';
import { fromRoot } from '../../elixir/config/paths.ts';
import type { ProjectIndex } from '../index.ts';
import type { Resolution } from '../resolve.ts';

const endings = ['', '.js', '.mjs', '.cjs', '.jsx', '.ts', '.tsx', '.json', '.css', '.scss', '.sass'];
const indexes = ['/index.js', '/index.mjs', '/index.ts', '/index.css'];

/** The package of hooks and scripts that LiveView's compiler writes. */
export const colocatedPackage = 'phoenix-colocated';

/** Looks up what scripts and style sheets of one state of a project ask for. */
export class AssetResolver {
  readonly #index: ProjectIndex;
  /** What each `package.json` lists, by its path. */
  readonly #listed = new Map<string, readonly string[]>();

  constructor(index: ProjectIndex) {
    this.#index = index;
  }

  /** Whether an import written in a file is there; `unknown` for what is outside of the project. */
  resolve(path: string, specifier: string): Resolution {
    if (/^(?:[a-z]+:|\/|@\/|#|~\/)/.test(specifier)) return 'unknown';
    const plain = specifier.replace(/^~/, '').replace(/[?#].*$/, '');
    if (plain.startsWith('.')) return this.#file(path, plain);
    // A style sheet may leave the `./` out.
    if (/css$/.test(path) && this.#file(path, `./${plain}`) === 'defined') return 'defined';
    return this.#package(path, plain);
  }

  #file(path: string, specifier: string): Resolution {
    const target = fromRoot(specifier, posix.dirname(path));
    if (target === null || /(?:^|\/)(?:node_modules|deps|_build)\//.test(target)) return 'unknown';
    const folder = target.slice(0, target.lastIndexOf('/') + 1);
    const partial = `${folder}_${target.slice(folder.length)}`;
    const names = [target, partial].flatMap((name) => endings.map((ending) => name + ending));
    const found = [...names, ...indexes.map((name) => target + name)].some((name) => this.#index.has(name));
    return found ? 'defined' : 'missing';
  }

  #package(path: string, specifier: string): Resolution {
    const [name = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
    if (name === colocatedPackage) return this.colocatedLacks() === null ? 'defined' : 'missing';
    if (this.#packages(path).has(name) || this.#index.deps.has(name === 'tailwindcss' ? 'tailwind' : name))
      return 'defined';
    return 'unknown';
  }

  /**
   * What LiveView's compiler writes is there with that compiler, and found with the build among the paths of the bundler: the one
   * of these that is missing, as files would have it, or null.
   */
  colocatedLacks(): string | null {
    const { paths } = this.#index;
    const says = (ending: RegExp, words: RegExp) =>
      paths.some((path) => ending.test(path) && words.test(this.#index.read(path) ?? ''));
    if (!says(/(?:^|\/)mix\.exs$/, /compilers:.*:phoenix_live_view/)) return 'compilers: [:phoenix_live_view]';
    return says(/(?:^|\/)config\/\w+\.exs$/, /build_path|_build/) ? null : 'Mix.Project.build_path()';
  }

  /** What the `package.json` beside or above a file lists. */
  #packages(path: string): ReadonlySet<string> {
    const names = new Set<string>();
    for (let at = path.lastIndexOf('/'); ; at = path.lastIndexOf('/', at - 1)) {
      for (const name of this.#listedIn(`${path.slice(0, at + 1)}package.json`)) names.add(name);
      if (at <= 0) return names;
    }
  }

  #listedIn(file: string): readonly string[] {
    const listed = this.#listed.get(file) ?? packageNames(this.#index.read(file) ?? '');
    this.#listed.set(file, listed);
    return listed;
  }
}

/** Names that the text of a `package.json` lists. */
export function packageNames(text: string): string[] {
  const parts: unknown = jsonOf(text);
  const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return lists.flatMap((list) => Object.keys((parts as Record<string, object | undefined>)?.[list] ?? {}));
}

/** Null for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
