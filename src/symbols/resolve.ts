import type { Names } from '../elixir/names.ts';
import { grouped } from '../facts/grouped.ts';
import type { AskedPackages } from './asked-packages.ts';
import type { ProjectIndex } from './index.ts';
import { kernelNames } from './kernel.ts';
import {
  type DefinedFunction,
  type ImportedModule,
  type ModuleSymbols,
  type QuotedScope,
  type Reference,
  type Scope,
  type UsedModule,
  usingQuote,
} from './model.ts';
import { packageDefiners } from './package-imports.ts';

/** Whether what a reference needs is there; `unknown` where a macro that cannot be seen may bring it. */
export type Resolution = 'defined' | 'missing' | 'unknown';

/** Names of the project's own modules begin with one of these. */
export type OwnPrefixes = readonly string[];

/** What the names of a project's own modules begin with. */
export function ownPrefixes({ module, webModule }: Pick<Names, 'module' | 'webModule'>): OwnPrefixes {
  return [module, webModule];
}

/** Modules whose `use` defines no function that others could call. */
const quiet = new Set([
  'Phoenix.Component',
  'Phoenix.Controller',
  'Phoenix.HTML',
  'Phoenix.View',
  'PhoenixHTMLHelpers',
  'Phoenix.VerifiedRoutes',
  'Gettext',
]);

type LocalReference = Extract<Reference, { kind: 'local' | 'unquoted' }>;

/** Looks up what references of a project need. */
export class Resolver {
  readonly #index: ProjectIndex;
  readonly #own: OwnPrefixes;
  /** What holds in each module, by its name. */
  readonly #known = new Map<string, readonly Scope[]>();

  constructor(index: ProjectIndex, own: OwnPrefixes) {
    this.#index = index;
    this.#own = own;
  }

  resolve(reference: Reference): Resolution {
    switch (reference.kind) {
      case 'module':
        return this.#module(this.#full(reference.module, reference.scope));
      case 'mention':
        return this.#index.module(this.#full(reference.module, reference.scope)) ? 'defined' : 'unknown';
      case 'function':
        return this.#function(this.#full(reference.module, reference.scope), reference.name, reference.arity);
      case 'component':
        return this.#component(reference);
      case 'local':
        return this.#local(reference);
      case 'unquoted':
        return this.#unquoted(reference);
      case 'verified-route':
        return this.#verifiedRoutes(reference.scope);
      case 'role':
        return this.#role(reference.module, reference.name);
      case 'template':
        return this.#template(this.#full(reference.module, reference.scope), reference.name);
      case 'page':
        return this.#page(reference.controller, reference.name);
      case 'form':
        return 'unknown';
      case 'own-template':
        return this.#index.embedded.of(reference.module).length > 0 ? 'defined' : 'missing';
      default:
        return reference satisfies never;
    }
  }

  /** Whether a layout is a template or a function that draws with `@inner_content`; a component with slots is neither. */
  isEmbedded(reference: Extract<Reference, { kind: 'template' }>): boolean {
    const files = this.#index.embedded.of(this.#full(reference.module, reference.scope));
    return files.some((file) => file.name.replace(/\.\w+$/, '') === reference.name);
  }

  /** The full name of the module that a reference names, by the aliases that hold where it stands; null for other references. */
  moduleOf(reference: Reference): string | null {
    return 'module' in reference ? this.#full(reference.module, reference.scope) : null;
  }

  /** A name whose first part stands for another in what the module uses: `Layouts` by `use ShopWeb, :html`. */
  #full(name: string, scope: string | null): string {
    const [head = '', ...rest] = name.split('.');
    if (scope === null || this.#index.module(name)) return name;
    const behind = this.#scopes(scope).flatMap(({ aliases }) => aliases.get(head) ?? []);
    return [behind[0] ?? head, ...rest].join('.');
  }

  /** Whether a module uses or imports one of these, by itself or by what it uses. */
  takesIn(module: string, wanted: ReadonlySet<string>): boolean {
    return this.#scopes(module).some(
      ({ uses, imports }) =>
        uses.some((one) => wanted.has(one.module)) || imports.some((one) => wanted.has(one.module)),
    );
  }

  #isOwn(module: string): boolean {
    return this.#own.some((prefix) => module.startsWith(`${prefix}.`));
  }

  #module(name: string): Resolution {
    if (this.#index.module(name)) return 'defined';
    if (isRouteHelpers(name) && this.#lacksHelpers(name.slice(0, name.lastIndexOf('.')))) return 'missing';
    // What a macro of a package makes below a module of the project's: `ShopWeb.Router.Helpers`.
    const parent = this.#index.module(name.slice(0, name.lastIndexOf('.')));
    if (!this.#isOwn(name) || (parent && this.#isOpaque(parent))) return 'unknown';
    return 'missing';
  }

  #lacksHelpers(router: string): boolean {
    return this.#scopes(router).some(makesNoHelpers);
  }

  #function(moduleName: string, name: string, arity: number | null): Resolution {
    const module = this.#index.module(moduleName);
    if (module === undefined) return this.#module(moduleName);
    if (this.#defines(module, name, arity, false)) return 'defined';
    return this.#isOpaque(module) || /^(?:__|module_info|child_spec)/.test(name) ? 'unknown' : 'missing';
  }

  #component({ module, name, scope }: Extract<Reference, { kind: 'component' }>): Resolution {
    const full = this.#full(module, scope);
    const resolution = this.#function(full, name, 1);
    // `<Layouts.app>` without an alias of ShopWeb.Layouts: no package has a module of that name.
    const isShort = resolution === 'unknown' && !full.includes('.');
    return isShort && this.#own.some((prefix) => this.#index.module(`${prefix}.${full}`)) ? 'missing' : resolution;
  }

  #defines(module: ModuleSymbols, name: string, arity: number | null, inside: boolean): boolean {
    const fits = namedFunctions(module, name).some(
      (one) => (inside || !one.private) && (arity === null || (one.least <= arity && arity <= one.most)),
    );
    return fits || ((arity ?? 1) === 1 && this.#index.embedded.of(module.name).some((file) => file.name === name));
  }

  /** Whether a module may have functions that its text does not show. */
  #isOpaque(module: ModuleSymbols): boolean {
    if (module.hasMacroCalls) return true;
    return this.#scopes(module.name).some(({ uses }) =>
      uses.some((used) => !quiet.has(used.module) && !this.#quoteOf(used.module, used.role)),
    );
  }

  #local({ scope, name, arity }: LocalReference): Resolution {
    const module = scope === null ? undefined : this.#index.module(scope);
    if (module === undefined || kernelNames.has(name)) return 'unknown';
    if (this.#defines(module, name, arity, true)) return 'defined';
    const imports = this.#scopes(module.name).flatMap(({ imports: all }) => all.filter((one) => brings(one, name)));
    if (/_(?:path|url)$/.test(name) && imports.some((one) => isRouteHelpers(one.module))) return 'defined';
    const brought = imports.map((one) => this.#index.module(one.module));
    return brought.some((one) => one && this.#defines(one, name, arity, false)) ? 'defined' : 'unknown';
  }

  /** Modules of which a local name may be: its own one, and those that are imported beyond doubt, of packages those that are `asked` for. */
  definersOf({ scope, name, arity }: LocalReference, asked: AskedPackages | null): string[] {
    const module = scope === null ? undefined : this.#index.module(scope);
    if (module === undefined || kernelNames.has(name)) return [];
    const scopes = this.#scopes(module.name);
    const imports = scopes.flatMap((one) => one.imports);
    const brought = [...new Set(imports.map((one) => one.module))].filter((imported) => {
      const lines = imports.filter((one) => one.module === imported);
      const definer = this.#index.module(imported);
      if (definer === undefined || definer === module || !lines.every((one) => one.isSure && brings(one, name)))
        return false;
      return this.#defines(definer, name, arity, false);
    });
    const packaged = asked === null ? [] : packageDefiners(scopes, name, arity, asked);
    return [...(this.#defines(module, name, arity, true) ? [module.name] : []), ...brought, ...packaged];
  }

  /** Modules out of sight that a module of the project uses, by itself or by a quote: twice where two lines use one. */
  packagesUsedBy(module: string): readonly UsedModule[] {
    return this.#scopes(module).flatMap(({ uses }) => uses.filter((one) => !this.#index.module(one.module)));
  }

  /** A quote can unquote only what its own module has, or imports. */
  #unquoted(reference: LocalReference): Resolution {
    const module = reference.scope === null ? undefined : this.#index.module(reference.scope);
    const resolution = this.#local(reference);
    if (resolution === 'defined' || module === undefined) return resolution;
    return module.imports.length > 0 || this.#isOpaque(module) ? 'unknown' : 'missing';
  }

  /** `~p` comes by `use Phoenix.VerifiedRoutes`, in the module itself or in a quote. */
  #verifiedRoutes(scope: string | null): Resolution {
    const module = scope === null ? undefined : this.#index.module(scope);
    if (module === undefined) return 'unknown';
    const scopes = this.#scopes(module.name);
    if (scopes.some(({ uses }) => uses.some((used) => used.module === 'Phoenix.VerifiedRoutes'))) return 'defined';
    return this.#isOpaque(module) ? 'unknown' : 'missing';
  }

  #role(moduleName: string, name: string): Resolution {
    const module = this.#index.module(moduleName);
    if (module === undefined) return this.#module(moduleName);
    return this.#defines(module, name, 0, true) || this.#isOpaque(module) ? 'defined' : 'missing';
  }

  #template(moduleName: string, name: string): Resolution {
    const module = this.#index.module(moduleName);
    if (module === undefined) return this.#module(moduleName);
    const names = this.#index.embedded.of(module.name).map((file) => file.name.replace(/\.\w+$/, ''));
    if (names.includes(name) || this.#defines(module, name, 1, false)) return 'defined';
    if (module.functions.some((one) => one.name === 'render')) return 'unknown';
    return this.#isOpaque(module) && !this.#isView(module) ? 'unknown' : 'missing';
  }

  #isView(module: ModuleSymbols): boolean {
    return this.#scopes(module.name).some(({ uses }) => uses.some((used) => used.module === 'Phoenix.View'));
  }

  /** What a controller renders, in the view or in one of the modules by format. */
  #page(controller: string, name: string): Resolution {
    const base = controller.replace(/Controller$/, '');
    const views = ['HTML', 'JSON', 'View'].flatMap((ending) => this.#index.module(base + ending)?.name ?? []);
    if (views.length === 0) return 'unknown';
    const found = views.map((view) => this.#template(view, name));
    return found.includes('defined') ? 'defined' : found.includes('unknown') ? 'unknown' : 'missing';
  }

  /** What holds in a module: its own lines, and those of every quote that it takes in. */
  #scopes(name: string): readonly Scope[] {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const module = this.#index.module(name);
    const scopes = module ? this.#withUsed(module, new Set()) : [];
    this.#known.set(name, scopes);
    return scopes;
  }

  #withUsed(scope: Scope, seen: Set<string>): Scope[] {
    return [scope, ...scope.uses.flatMap(({ module, role }) => this.#quoted(module, role, seen))];
  }

  #quoted(module: string, role: string | null, seen: Set<string>): Scope[] {
    const quote = this.#quoteOf(module, role);
    if (quote === undefined || seen.has(`${module}.${role}`)) return [];
    seen.add(`${module}.${role}`);
    return [...this.#withUsed(quote, seen), ...quote.unquotes.flatMap((name) => this.#quoted(module, name, seen))];
  }

  #quoteOf(module: string, role: string | null): QuotedScope | undefined {
    return this.#index.module(module)?.quotes.get(role ?? usingQuote);
  }
}

/** The functions of modules by name: one with thousands is asked for each call of its templates. */
const byName = new WeakMap<ModuleSymbols, ReadonlyMap<string, readonly DefinedFunction[]>>();

function namedFunctions(module: ModuleSymbols, name: string): readonly DefinedFunction[] {
  const known = byName.get(module) ?? grouped(module.functions, (one) => one.name);
  byName.set(module, known);
  return known.get(name) ?? [];
}

/** Whether a router that takes this in makes no module of route helpers. */
export function makesNoHelpers({ uses }: Pick<Scope, 'uses'>): boolean {
  return uses.some(({ module, off }) => module === 'Phoenix.Router' && off.includes('helpers'));
}

/** The module of route helpers that a router makes. */
export function isRouteHelpers(module: string): boolean {
  return module.endsWith('.Router.Helpers');
}

function brings({ only, except }: ImportedModule, name: string): boolean {
  return (only === null || only.has(name)) && !except?.has(name);
}
