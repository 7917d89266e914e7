import type { Mixfile } from '../elixir/mix/model.ts';
import type { PackageFacts } from '../packages/facts.ts';
import { isPresent, lookup } from '../packages/lookup.ts';
import { isAllowed } from '../packages/requirements.ts';
import { byVersion } from '../packages/span.ts';
import type { Packages } from '../packages/store.ts';
import type { Form } from './forms.ts';
import type { ProjectIndex } from './index.ts';
import type { Reference } from './model.ts';

/** Facts of packages, and the versions that the project's lock has. */
export interface KnownPackages {
  readonly facts: Packages;
  readonly locked: ReadonlyMap<string, string>;
}

/** A reference to something of a package, as far as it names a module, or a form that not all of its versions read. */
export type PackageReference = Extract<Reference, { kind: 'module' | 'component' | 'function' | 'form' }>;
/** A dep that would have to bring what is referred to. */
export interface Lacking {
  readonly dep: string;
  /** The locked version where mix.exs allows another that has it, else what mix.exs asks for; undefined where nothing does. */
  readonly version: string | undefined;
  readonly isAllowed: boolean;
}

/** The states of a project that were looked at. */
const known = new WeakMap<KnownPackages, { readonly mixfiles: readonly Mixfile[]; readonly asked: AskedPackages }[]>();

function isSame(some: readonly Mixfile[], others: readonly Mixfile[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

/** The versions of packages that a project asks for. */
export class AskedPackages {
  readonly #requirements = new Map<string, string[]>();
  readonly #packages: KnownPackages;
  /** Of each package the releases that every mix.exs allows: an umbrella has one version of each. */
  readonly #allowed = new Map<string, readonly string[]>();
  readonly #listed: ReadonlySet<string>;
  #brought: ReadonlySet<string> | undefined;

  /** What a state of a project asks for; made once for all states with the same mix.exs files. */
  static of(index: ProjectIndex, packages: KnownPackages): AskedPackages {
    const states = known.get(packages) ?? [];
    known.set(packages, states);
    const mixfiles = index.mixfiles.map(({ mixfile }) => mixfile);
    const same = states.find((state) => isSame(state.mixfiles, mixfiles));
    if (same) return same.asked;
    const asked = new AskedPackages(index, packages);
    states.push({ mixfiles, asked });
    return asked;
  }

  private constructor({ mixfiles, deps }: ProjectIndex, packages: KnownPackages) {
    this.#packages = packages;
    this.#listed = deps;
    for (const { name, requirement } of mixfiles.flatMap(({ mixfile }) => mixfile.deps)) {
      if (requirement === null) continue;
      this.#requirements.set(name, [...(this.#requirements.get(name) ?? []), requirement]);
    }
  }

  /** The dep of which no version at hand has it, or which nothing brings; null where one has it, or where that cannot be told. */
  lacking(reference: PackageReference): Lacking | null {
    const { facts, locked } = this.#packages;
    const owners = reference.kind === 'form' ? [reference.form.dep] : facts.definedBy(reference.module);
    const [dep] = owners;
    if (dep === undefined) return null;
    if (owners.every((name) => this.#isAbsent(name))) return { dep, version: undefined, isAllowed: false };
    if (owners.some((name) => !this.#requirements.has(name))) return null;
    const versions = owners.flatMap((name) =>
      this.#allowedOf(name).map((version) => ({ name, version, isLocked: locked.get(name) === version })),
    );
    // What is older than the facts, or asks for something that they do not know, may have it.
    if (versions.length === 0) return null;
    const brings = ({ name, version }: (typeof versions)[number]) => has(facts.package(name), version, reference);
    const used = versions.filter(({ isLocked }) => isLocked);
    if ((used.length > 0 ? used : versions).some(brings)) return null;
    const allowed = used.length > 0 && versions.some(brings);
    return { dep, version: allowed ? locked.get(dep) : this.#requirements.get(dep)?.join(', '), isAllowed: allowed };
  }

  /** Whether a module of a package has `name/arity` in every version at hand. */
  surelyHas(module: string, name: string, arity: number): boolean {
    return this.#everywhere(module, (facts, version) => isPresent(facts, version, module, name, arity));
  }

  /** The lines that `use` of a package's module brings in every version at hand. */
  surelyBrings(module: string): readonly string[] {
    const [owner] = this.#packages.facts.definedBy(module);
    const facts = owner === undefined ? null : this.#packages.facts.package(owner);
    const lines =
      owner === undefined ? [] : this.atHand(owner).map((version) => facts?.module(module)?.brings(version));
    return lines[0]?.filter((line) => lines.every((others) => others?.includes(line))) ?? [];
  }

  /** Whether no version at hand reads a form any more. */
  haveLeft({ dep, until }: Form): boolean {
    const versions = this.atHand(dep);
    return until !== undefined && versions.length > 0 && versions.every((one) => byVersion(one, until.version) >= 0);
  }

  /** The locked version where mix.exs allows it, else all that it allows. */
  atHand(dep: string): readonly string[] {
    const allowed = this.#allowedOf(dep);
    const locked = this.#packages.locked.get(dep);
    return locked !== undefined && allowed.includes(locked) ? [locked] : allowed;
  }

  #everywhere(module: string, holds: (facts: PackageFacts, version: string) => boolean): boolean {
    const [owner, ...others] = this.#packages.facts.definedBy(module);
    const facts = owner === undefined ? null : this.#packages.facts.package(owner);
    if (owner === undefined || facts === null || others.some((name) => this.#requirements.has(name))) return false;
    const versions = this.atHand(owner);
    return versions.length > 0 && versions.every((version) => holds(facts, version));
  }

  /** Whether a package is neither listed nor locked, nor asked for by one that is listed: a dep that a step adds may bring others. */
  #isAbsent(name: string): boolean {
    const { locked } = this.#packages;
    if (locked.size === 0 || locked.has(name) || this.#listed.has(name)) return false;
    this.#brought ??= this.#broughtBy([...this.#listed]);
    return !this.#brought.has(name);
  }

  #broughtBy(names: readonly string[]): ReadonlySet<string> {
    const brought = new Set(names);
    for (const name of brought) {
      const facts = this.#packages.facts.package(name);
      const versions = this.#requirements.has(name) ? this.#allowedOf(name) : (facts?.releases ?? []);
      for (const version of versions)
        for (const dep of facts?.deps(version) ?? []) if (!dep.optional) brought.add(dep.name);
    }
    return brought;
  }

  #allowedOf(name: string): readonly string[] {
    const known = this.#allowed.get(name);
    if (known !== undefined) return known;
    const requirements = this.#requirements.get(name) ?? [];
    const releases = this.#packages.facts.package(name)?.releases ?? [];
    const allowed = releases.filter((version) => requirements.every((one) => isAllowed(one, version)));
    this.#allowed.set(name, allowed);
    return allowed;
  }
}

function has(facts: PackageFacts | null, version: string, reference: PackageReference): boolean {
  if (reference.kind === 'form') return byVersion(version, reference.form.since) >= 0;
  const { module } = reference;
  if (reference.kind !== 'function' || reference.arity === null)
    return facts?.module(module)?.isDefined(version) ?? true;
  return facts === null || lookup(facts, version, module, reference.name, reference.arity).state !== 'absent';
}
