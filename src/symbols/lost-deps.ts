import { readMixfile } from '../elixir/mix/read.ts';
import { parse } from '../elixir/parse.ts';
import type { ProjectIndex } from './index.ts';
import type { Reference } from './model.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * Uses of modules of a dep that is no longer compiled: it went, or another of its name came that has no code
 * (`compile: false`). Only of deps whose modules are named after them.
 */
export function lostDeps({ before, after, changed }: Transition): Inconsistency[] {
  const paths = changed.filter((path) => /(?:^|\/)mix\.exs$/.test(path));
  if (paths.length === 0) return [];
  const left = new Set(mixfiles(after).flatMap((path) => compiledDeps(after, path)));
  const gone = new Set(paths.flatMap((path) => compiledDeps(before, path)).filter((name) => !left.has(name)));
  return [...gone].flatMap((name) => usesOf(name, after));
}

function mixfiles(index: ProjectIndex): string[] {
  return index.paths.filter((path) => /(?:^|\/)mix\.exs$/.test(path));
}

/** Deps with code of their own. */
function compiledDeps(index: ProjectIndex, path: string): string[] {
  const text = index.text(path);
  if (text === undefined) return [];
  const deps = readMixfile(parse(text)).deps.filter(({ name, options }) => {
    const isOff = (key: string) => options.some((option) => option.name === key && option.display === 'false');
    return /^[a-z][a-z0-9]*$/.test(name) && !isOff('compile') && !isOff('app');
  });
  return deps.map(({ name }) => name);
}

function usesOf(name: string, index: ProjectIndex): Inconsistency[] {
  const module = name.charAt(0).toUpperCase() + name.slice(1);
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
