import { AskedPackages, type PackageReference } from './asked-packages.ts';
import type { ProjectIndex } from './index.ts';
import type { Reference } from './model.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * Modules and functions of packages that came into a file while no version that the project asks for has them, `Phoenix.Flash`
 * beside `{:phoenix, "~> 1.6.0"}`, and forms that none of them reads. A dep that
 * mix.exs does not list moves with those that bring it: of it only is said where nothing does.
 */
export function newerModules({ before, after, changed, packages }: Transition): Inconsistency[] {
  if (packages === null) return [];
  const asked = AskedPackages.of(after, packages);
  return changed.flatMap((path) => {
    if (after.text(path) === undefined) return [];
    const told = new Set(before.text(path) === undefined ? [] : before.file(path).references.map(nameOf));
    return after.file(path).references.flatMap((reference): Inconsistency[] => {
      const name = nameOf(reference);
      if (told.has(name)) return [];
      told.add(name);
      const found = isOfPackage(reference, after) ? asked.lacking(reference) : null;
      if (found === null) return [];
      const { dep, version, isAllowed: allowed } = found;
      const where =
        version === undefined
          ? `there without ${dep}`
          : `${reference.kind === 'form' ? 'read by' : 'there with'} ${dep} ${version}`;
      const message = `${name} is not ${where}`;
      return [{ path, line: reference.line, subject: `{:${dep},`, message, isAllowed: allowed }];
    });
  });
}

function isOfPackage(reference: Reference, index: ProjectIndex): reference is PackageReference {
  return reference.kind === 'form' || (isNamed(reference) && index.module(reference.module) === undefined);
}

function isNamed(reference: Reference): reference is Exclude<PackageReference, { kind: 'form' }> {
  return reference.kind === 'module' || reference.kind === 'component' || reference.kind === 'function';
}

/** `Phoenix.Flash`, `Phoenix.Component.assign_new/3`; null for what a package cannot have. */
function nameOf(reference: Reference): string | null {
  if (reference.kind === 'form') return reference.form.shown;
  if (!isNamed(reference)) return null;
  const { module } = reference;
  if (reference.kind !== 'function' || reference.arity === null) return module;
  return `${module}.${reference.name}/${reference.arity}`;
}
