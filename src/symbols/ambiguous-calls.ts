import { AskedPackages } from './asked-packages.ts';
import { namesBrought } from './brought-names.ts';
import type { ProjectIndex } from './index.ts';
import type { ModuleSymbols, Reference } from './model.ts';
import { Resolver } from './resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

type Call = Extract<Reference, { kind: 'local' }>;

/** One state of a project, as far as the meaning of local names goes. */
interface Names {
  readonly index: ProjectIndex;
  readonly resolver: Resolver;
  readonly asked: AskedPackages | null;
}

/**
 * Calls whose name two modules bring: a function of the module's own beside one that it imports, or two imports. Elixir compiles
 * neither; two of a name that nobody calls do no harm. Packages bring names too, once mix.exs asks for versions that have them.
 */
export function ambiguousCalls({ before, after, changed, own, packages }: Transition): Inconsistency[] {
  const [old, now] = [before, after].map(
    (index): Names => ({
      index,
      resolver: new Resolver(index, own),
      asked: packages && AskedPackages.of(index, packages),
    }),
  );
  if (!old || !now) return [];
  const gained = [...namesGained(before, after, changed), ...namesBrought({ before, after, changed, packages })];
  const touched = after.modulesAt(changed);
  const modules = new Set([...touched, ...after.modulesAt(after.mentioning(gained))]);
  const anew = new Set(gained);
  return [...modules].sort().flatMap((name) => {
    // In a module that did not change only a name that came elsewhere can mean something new.
    const isAsked = (call: string) => touched.has(name) || anew.has(call);
    const found = ambiguousIn(now, name, isAsked);
    if (found.length === 0) return [];
    const known = new Set(ambiguousIn(old, name, isAsked).map(({ subject }) => subject));
    return found.filter(({ subject }) => !known.has(subject));
  });
}

/** Functions that changed files define now and did not, and those of what their quotes import now. */
function namesGained(before: ProjectIndex, after: ProjectIndex, changed: readonly string[]): string[] {
  const names = changed.flatMap((path) => {
    const former = before.file(path).modules;
    return after.file(path).modules.flatMap((module) => {
      const was = former.find(({ name }) => name === module.name);
      return [...definedAnew(module, was), ...importedAnew(module, was, after)];
    });
  });
  return [...new Set(names)];
}

function definedAnew(module: ModuleSymbols, was: ModuleSymbols | undefined): string[] {
  const known = new Set(was?.functions.map(({ name, most }) => `${name}/${most}`));
  return module.functions.filter(({ name, most }) => !known.has(`${name}/${most}`)).map(({ name }) => name);
}

function importedAnew(module: ModuleSymbols, was: ModuleSymbols | undefined, after: ProjectIndex): string[] {
  return [...module.quotes].flatMap(([role, quote]) => {
    const known = new Set(was?.quotes.get(role)?.imports.map((one) => one.module));
    const gained = quote.imports.filter((one) => !known.has(one.module));
    return gained.flatMap((one) => after.module(one.module)?.functions.map(({ name }) => name) ?? []);
  });
}

function ambiguousIn(
  { index, resolver, asked }: Names,
  name: string,
  isAsked: (call: string) => boolean,
): Inconsistency[] {
  const module = index.module(name);
  if (module === undefined) return [];
  const files = [module.path, ...index.embedded.of(name).map(({ path }) => path)];
  const calls = new Map<string, Call>();
  for (const reference of files.flatMap((path) => index.file(path).references)) {
    if (reference.kind !== 'local' || reference.scope !== name || !isAsked(reference.name)) continue;
    const key = `${reference.name}/${reference.arity}`;
    if (!calls.has(key)) calls.set(key, reference);
  }
  return [...calls].flatMap(([key, call]) => {
    const definers = resolver.definersOf(call, asked);
    const [first, second] = definers;
    if (first === undefined || second === undefined) return [];
    const message = `${key} may be that of ${first} or that of ${second}`;
    return [{ path: call.path, line: call.line, subject: `${name}: ${first}.${key}, ${second}.${key}`, message }];
  });
}
