import type { ProjectIndex } from './index.ts';
import type { Reference } from './model.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * Uses of modules of a dep that is no longer compiled: it went, or another of its name came that has no code
 * (`compile: false`). Only of deps whose modules are named after them.
 */
export function lostDeps({ before, after, changed }: Transition): Inconsistency[] {
  if (!changed.some((path) => /(?:^|\/)mix\.exs$/.test(path))) return [];
  const left = new Set(compiledDeps(after));
  const gone = new Set(compiledDeps(before).filter((name) => !left.has(name)));
  return [...gone].flatMap((name) => modulesOf(name).flatMap((module) => usesOf(module, name, after)));
}

/** Deps with code of their own. */
function compiledDeps({ mixfiles }: ProjectIndex): string[] {
  const deps = mixfiles.flatMap(({ mixfile }) => mixfile.deps);
  return deps.flatMap(({ name, options }) => {
    const isOff = (key: string) => options.some((option) => option.name === key && option.display === 'false');
    return isOff('compile') || isOff('app') ? [] : [name];
  });
}

/** `Finch` of `finch`; `PlugCowboy` and `Plug.Cowboy` of `plug_cowboy`: packages name their modules in one of these ways. */
function modulesOf(name: string): string[] {
  const [first = '', ...rest] = name.split('_').map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return rest.length === 0 ? [first] : [first + rest.join(''), `${first}.${rest.join('')}`];
}

function usesOf(module: string, name: string, index: ProjectIndex): Inconsistency[] {
  if (index.module(module)) return [];
  const found = index
    .mentioning([module])
    // The files of a release builder are read by nobody once it is gone.
    .filter((path) => !/(?:^|\/)rel\//.test(path))
    .flatMap((path) => index.file(path).references.filter((one) => isOf(one, module)));
  return found.map(({ path, line }) => ({
    path,
    line,
    subject: module,
    message: `${module} is not there without ${name}`,
  }));
}

function isOf(reference: Reference, module: string): boolean {
  return 'module' in reference && reference.kind !== 'own-template' && `${reference.module}.`.startsWith(`${module}.`);
}
