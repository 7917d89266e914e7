import type { ProjectIndex } from './index.ts';
import type { ModuleSymbols, Reference } from './model.ts';
import { Resolver } from './resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

type Call = Extract<Reference, { kind: 'local' }>;

/**
 * Calls whose name two modules bring: a function of the module's own beside one that it imports, or two imports. Elixir compiles
 * neither; two of a name that nobody calls do no harm.
 */
export function ambiguousCalls({ before, after, changed, own }: Transition): Inconsistency[] {
  const [old, now] = [new Resolver(before, own), new Resolver(after, own)];
  const paths = new Set([...changed, ...after.mentioning(namesGained(before, after, changed))]);
  const modules = new Set(
    [...paths].flatMap((path) => [
      ...after.file(path).modules.map(({ name }) => name),
      ...[after.embedded.moduleOf(path) ?? []].flat(),
    ]),
  );
  return [...modules].sort().flatMap((name) => {
    const found = ambiguousIn(after, now, name);
    if (found.length === 0) return [];
    const known = new Set(ambiguousIn(before, old, name).map(({ subject }) => subject));
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

function ambiguousIn(index: ProjectIndex, resolver: Resolver, name: string): Inconsistency[] {
  const module = index.module(name);
  if (module === undefined) return [];
  const files = [module.path, ...index.embedded.of(name).map(({ path }) => path)];
  const calls = new Map<string, Call>();
  for (const reference of files.flatMap((path) => index.file(path).references)) {
    if (reference.kind !== 'local' || reference.scope !== name) continue;
    const key = `${reference.name}/${reference.arity}`;
    if (!calls.has(key)) calls.set(key, reference);
  }
  return [...calls].flatMap(([key, call]) => {
    const definers = resolver.definersOf(call);
    const [first, second] = definers;
    if (first === undefined || second === undefined) return [];
    const message = `${key} may be that of ${first} or that of ${second}`;
    return [{ path: call.path, line: call.line, subject: `${name}: ${first}.${key}, ${second}.${key}`, message }];
  });
}
