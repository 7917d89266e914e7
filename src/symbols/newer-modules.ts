import type { PackageFacts } from '../packages/facts.ts';
import { lookup } from '../packages/lookup.ts';
import { isAllowed } from '../packages/requirements.ts';
import type { ProjectIndex } from './index.ts';
import type { Reference } from './model.ts';
import type { Inconsistency, KnownPackages, Transition } from './transition.ts';

/**
 * Modules and functions of packages that came into a file while no version that the project asks for has them: `Phoenix.Flash`
 * beside `{:phoenix, "~> 1.6.0"}`. A dep that mix.exs does not list moves with those that bring it: nothing is said of it.
 */
export function newerModules({ before, after, changed, packages }: Transition): Inconsistency[] {
  if (packages === null) return [];
  const asked = new AskedPackages(after, packages);
  return changed.flatMap((path) => {
    if (after.text(path) === undefined) return [];
    const told = new Set(before.text(path) === undefined ? [] : before.file(path).references.map(nameOf));
    return after.file(path).references.flatMap((reference): Inconsistency[] => {
      const name = nameOf(reference);
      if (told.has(name)) return [];
      told.add(name);
      const found = isOfModule(reference) && !after.module(reference.module) ? asked.lacking(reference) : null;
      if (found === null) return [];
      const { dep, version, isAllowed: allowed } = found;
      const message = `${name} is not there with ${dep} ${version}`;
      return [{ path, line: reference.line, subject: `{:${dep},`, message, isAllowed: allowed }];
    });
  });
}

type ModuleReference = Extract<Reference, { kind: 'module' | 'component' | 'function' }>;

function isOfModule(reference: Reference): reference is ModuleReference {
  return reference.kind === 'module' || reference.kind === 'component' || reference.kind === 'function';
}

/** `Phoenix.Flash`, `Phoenix.Component.assign_new/3`; null for what names no module. */
function nameOf(reference: Reference): string | null {
  if (!isOfModule(reference)) return null;
  const { module } = reference;
  if (reference.kind !== 'function' || reference.arity === null) return module;
  return `${module}.${reference.name}/${reference.arity}`;
}

/** A dep that would have to bring what is referred to. */
interface Lacking {
  readonly dep: string;
  /** The locked version where mix.exs allows another that has it, else what mix.exs asks for. */
  readonly version: string | undefined;
  readonly isAllowed: boolean;
}

/** The versions of packages that a project asks for. */
class AskedPackages {
  readonly #requirements = new Map<string, string[]>();
  readonly #packages: KnownPackages;
  /** Of each package the releases that mix.exs allows. */
  readonly #allowed = new Map<string, readonly string[]>();

  constructor({ mixfiles }: ProjectIndex, packages: KnownPackages) {
    this.#packages = packages;
    for (const { name, requirement } of mixfiles.flatMap(({ mixfile }) => mixfile.deps)) {
      if (requirement === null) continue;
      this.#requirements.set(name, [...(this.#requirements.get(name) ?? []), requirement]);
    }
  }

  /** The dep of which no version at hand has it; null where one has, or where that cannot be told. */
  lacking(reference: ModuleReference): Lacking | null {
    const { facts, locked } = this.#packages;
    const owners = facts.definedBy(reference.module);
    const [dep] = owners;
    if (dep === undefined || owners.some((name) => !this.#requirements.has(name))) return null;
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

  #allowedOf(name: string): readonly string[] {
    const known = this.#allowed.get(name);
    if (known !== undefined) return known;
    const requirements = this.#requirements.get(name) ?? [];
    const releases = this.#packages.facts.package(name)?.releases ?? [];
    const allowed = releases.filter((version) => requirements.some((one) => isAllowed(one, version)));
    this.#allowed.set(name, allowed);
    return allowed;
  }
}

function has(facts: PackageFacts | null, version: string, reference: ModuleReference): boolean {
  const { module } = reference;
  if (reference.kind !== 'function' || reference.arity === null)
    return facts?.module(module)?.isDefined(version) ?? true;
  return facts === null || lookup(facts, version, module, reference.name, reference.arity).state !== 'absent';
}
