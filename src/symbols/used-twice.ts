import { Resolver } from './resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** `use Phoenix.View` in a module, and again in a quote that it takes in: what it defines is there twice. */
export function usedTwice({ before, after, changed, own }: Transition): Inconsistency[] {
  const [old, now] = [new Resolver(before, own), new Resolver(after, own)];
  const takers = changed.flatMap((path) =>
    after.file(path).modules.flatMap(({ name, quotes }) => (quotes.size > 0 ? [name] : [])),
  );
  const paths = new Set([...changed, ...after.mentioning(takers.map((name) => `use ${name}`))]);
  return [...paths].sort().flatMap((path) =>
    after.file(path).modules.flatMap(({ name, line }) => {
      const found = [...twice(now, name)];
      const known = found.length === 0 ? found : [...twice(old, name)];
      return found.flatMap((module): Inconsistency[] => {
        if (known.includes(module)) return [];
        return [{ path, line, subject: `use ${module}`, message: `${name} uses ${module} twice` }];
      });
    }),
  );
}

/** Modules of packages that a module uses more than once; two of the same options as two of different ones. */
function twice(resolver: Resolver, name: string): ReadonlySet<string> {
  const [seen, found] = [new Set<string>(), new Set<string>()];
  for (const { module } of resolver.packagesUsedBy(name)) {
    if (seen.has(module)) found.add(module);
    seen.add(module);
  }
  return found;
}
