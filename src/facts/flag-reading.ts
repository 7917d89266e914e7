import type { FileTree } from '../project/tree.ts';
import type { Fact } from './fact.ts';

/** What flags are read from; in an umbrella the facts of all its apps. */
export interface FlagEvidence {
  /** Where the umbrella is declared; null for a plain project. */
  readonly umbrella: { readonly path: string; readonly line: number } | null;
  readonly facts: readonly Fact[];
  readonly tree: FileTree;
  /** Path prefix of the web app: `apps/shop_web/` in an umbrella, empty elsewhere. */
  readonly webDirectory: string;
}

/** Release line whose layout a project has; `1.7` and later look alike here. */
const eras = ['1.3', '1.4', '1.5', '1.6', '1.7'] as const;
export type Era = (typeof eras)[number];

/** Questions that the rules ask of one project; answers are places as `path:line`, or null for no. */
export class FlagReading {
  readonly era: Era;
  readonly #evidence: FlagEvidence;
  readonly #deps: Map<string, Fact>;

  constructor(evidence: FlagEvidence) {
    this.#evidence = evidence;
    const deps = evidence.facts.filter(({ address: { area, path } }) => area === 'deps' && path.length === 1);
    this.#deps = new Map(deps.map((fact) => [fact.address.path[0] ?? '', fact]));
    this.era = this.#era();
  }

  #era(): Era {
    if (this.#hasFile('controllers/error_json.ex', 'controllers/error_html.ex', 'components/core_components.ex')) {
      return '1.7';
    }
    if (this.dep('esbuild') || this.#has('config/runtime.exs') || this.#hasFile('mailer.ex')) return '1.6';
    if (this.#hasFile('telemetry.ex') || this.dep('phoenix_live_dashboard')) return '1.5';
    const module = this.#evidence.facts.find(({ address }) => address.area === 'mix' && address.pathText === 'module');
    return module?.value.endsWith('.Mixfile') ? '1.3' : '1.4';
  }

  since(era: Era): boolean {
    return eras.indexOf(this.era) >= eras.indexOf(era);
  }

  get umbrella(): string | null {
    return this.#evidence.umbrella && placeText(this.#evidence.umbrella);
  }

  dep(name: string): string | null {
    const at = this.#deps.get(name)?.at;
    return at ? placeText(at) : null;
  }

  /** `no ecto in mix.exs` when none of the deps is there. */
  lacks(...names: string[]): string | null {
    return names.some((name) => this.#deps.has(name)) ? null : `no ${names[0]} in mix.exs`;
  }

  /** No HTML: none of the libraries for it, and no template. */
  get lacksHtml(): string | null {
    const { tree } = this.#evidence;
    if (this.dep('phoenix_live_view') || tree.paths.some((path) => /(^|\/)lib\/.*\.(heex|leex|eex)$/.test(path)))
      return null;
    return this.lacks('phoenix_html');
  }

  /** A module that the flag leaves out, with its deps. */
  lacksModule(file: string, ...deps: string[]): string | null {
    return this.#hasFile(file) ? null : this.lacks(...deps);
  }

  get binaryId(): string | null {
    const fact = this.#evidence.facts.find(
      ({ address, value }) => address.keyPath.slice(-2).join('.') === 'generators.binary_id' && value === 'true',
    );
    return fact?.at ? placeText(fact.at) : null;
  }

  get lacksAssets(): string | null {
    return this.#hasBelow('assets/') ? null : 'no assets directory';
  }

  /** Neither esbuild nor Tailwind, and no other bundler that took their place. */
  get lacksAssetTools(): string | null {
    if (this.dep('esbuild') || this.dep('tailwind')) return null;
    return this.#hasBelow('assets/js/') || this.#has('assets/package.json') ? null : 'no esbuild and no assets/js';
  }

  lacksOneTool(tool: string, other: string): string | null {
    return this.since('1.7') && this.dep(other) ? this.lacks(tool) : null;
  }

  /** The generator leaves the LiveSocket lines of app.js in as comments. */
  get withoutLive(): string | null {
    if (!this.since('1.6') || this.lacks('phoenix_html')) return null;
    const path = `${this.#evidence.webDirectory}assets/js/app.js`;
    const lines = this.#evidence.tree.read(path)?.split('\n') ?? [];
    const named = lines.map((line, index) => ({ line: line.trim(), number: index + 1 }));
    const sockets = named.filter(({ line }) => line.includes('LiveSocket'));
    const [first] = sockets;
    return first && sockets.every(({ line }) => line.startsWith('//')) ? `${path}:${first.number}` : null;
  }

  #has(path: string): boolean {
    const { tree, webDirectory } = this.#evidence;
    return tree.has(path) || tree.has(webDirectory + path);
  }

  #hasBelow(directory: string): boolean {
    return this.#evidence.tree.paths.some((path) => path.startsWith(this.#evidence.webDirectory + directory));
  }

  /** Whether a compiled source ends so, whatever the web directory is called. */
  #hasFile(...endings: string[]): boolean {
    return this.#evidence.tree.paths.some(
      (path) => /(^|\/)lib\//.test(path) && endings.some((ending) => path.endsWith(`/${ending}`)),
    );
  }
}

function placeText(at: { path: string; line: number }): string {
  return `${at.path}:${at.line}`;
}
