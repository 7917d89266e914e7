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
  const requirements = requirementsOf(after);
  return changed.flatMap((path) => {
    if (after.text(path) === undefined) return [];
    const known = new Set(before.text(path) !== undefined ? before.file(path).references.map(nameOf) : []);
    const came = after.file(path).references.filter((one) => !known.has(nameOf(one)));
    const told = new Set<string>();
    return came.flatMap((reference): Inconsistency[] => {
      const name = nameOf(reference);
      const found = name === null || told.has(name) ? null : missing(reference, after, requirements, packages);
      if (name === null || found === null) return [];
      told.add(name);
      const { dep, isAllowed: allowed } = found;
      const version = allowed ? packages.locked.get(dep) : requirements.get(dep)?.join(', ');
      const message = `${name} is not there with ${dep} ${version}`;
      return [{ path, line: reference.line, subject: `{:${dep},`, message, isAllowed: allowed }];
    });
  });
}

/** What mix.exs files ask for, by dep. */
function requirementsOf({ mixfiles }: ProjectIndex): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, requirement } of mixfiles.flatMap(({ mixfile }) => mixfile.deps))
    if (requirement !== null) found.set(name, [...(found.get(name) ?? []), requirement]);
  return found;
}

/** `Phoenix.Flash`, `Phoenix.Component.assign_new/3`; null for what is no module of its own. */
function nameOf(reference: Reference): string | null {
  switch (reference.kind) {
    case 'module':
    case 'component':
      return reference.module;
    case 'function':
      return reference.arity === null ? reference.module : `${reference.module}.${reference.name}/${reference.arity}`;
    default:
      return null;
  }
}

/** A dep that would have to bring what is referred to. */
interface Missing {
  readonly dep: string;
  readonly isAllowed: boolean;
}

function missing(
  reference: Reference,
  index: ProjectIndex,
  requirements: ReadonlyMap<string, readonly string[]>,
  { facts, locked }: KnownPackages,
): Missing | null {
  if (!('module' in reference) || index.module(reference.module)) return null;
  const owners = facts.definedBy(reference.module);
  const [dep] = owners;
  if (dep === undefined || owners.some((name) => !requirements.has(name))) return null;
  const versions = owners.flatMap((name) => {
    const known = facts.package(name);
    const asked = requirements.get(name) ?? [];
    const allowed = known?.releases.filter((version) => asked.some((one) => isAllowed(one, version))) ?? [];
    return allowed.map((version) => ({
      version,
      isLocked: locked.get(name) === version,
      has: has(known, version, reference),
    }));
  });
  // What is older than the facts, or asks for something that they do not know, may have it.
  if (versions.length === 0) return null;
  const used = versions.filter(({ isLocked }) => isLocked);
  const atHand = used.length > 0 ? used : versions;
  return atHand.some((one) => one.has) ? null : { dep, isAllowed: versions.some((one) => one.has) };
}

function has(facts: PackageFacts | null, version: string, reference: Reference): boolean {
  if (facts === null || !('module' in reference)) return true;
  if (reference.kind !== 'function' || reference.arity === null)
    return facts.module(reference.module)?.isDefined(version) ?? true;
  return lookup(facts, version, reference.module, reference.name, reference.arity).state !== 'absent';
}
