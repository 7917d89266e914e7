import type { ProjectIndex } from './index.ts';
import type { ModuleSymbols } from './model.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** A private quote, or the verified routes, that no other quote takes in: defined, but without effect. */
export function idleQuotes({ before, after, changed }: Transition): Inconsistency[] {
  return changed.flatMap((path) =>
    after.file(path).modules.flatMap((module) => {
      const known = new Set(idleIn(before.module(module.name), before));
      return idleIn(module, after)
        .filter((name) => !known.has(name))
        .map((name): Inconsistency => {
          const subject = `${module.name}.${name}/0`;
          const line = module.functions.find((one) => one.name === name)?.line ?? module.line;
          return { path, line, subject, message: `nothing takes in ${subject}` };
        });
    }),
  );
}

function idleIn(module: ModuleSymbols | undefined, index: ProjectIndex): string[] {
  if (module === undefined || !module.functions.some(({ name }) => name === '__using__')) return [];
  const taken = new Set([...module.quotes.values()].flatMap(({ unquotes }) => unquotes));
  return [...module.quotes.keys()].filter((name) => {
    const definition = module.functions.find((one) => one.name === name);
    if (taken.has(name) || definition === undefined) return false;
    return definition.private || (name === 'verified_routes' && !isUsedAs(index, module.name, name));
  });
}

function isUsedAs(index: ProjectIndex, module: string, role: string): boolean {
  return index
    .mentioning([`:${role}`])
    .some((path) =>
      index.file(path).references.some((one) => one.kind === 'role' && one.module === module && one.name === role),
    );
}
