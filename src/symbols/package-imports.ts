import type { AskedPackages } from './asked-packages.ts';
import type { Scope } from './model.ts';

/** A module of a package whose names an import brings, all of them or those that the line names. */
interface PackageImport {
  readonly module: string;
  readonly brings: (name: string) => boolean;
}

/** The modules of packages from which a scope surely has `name/arity`: by its imports, and by those that a `use` brings. */
export function packageDefiners(scopes: readonly Scope[], name: string, arity: number, asked: AskedPackages): string[] {
  const found = importsOf(scopes, asked).filter(({ brings }) => brings(name));
  const modules = [...new Set(found.map(({ module }) => module))];
  return modules.filter((module) => asked.surelyHas(module, name, arity));
}

const known = new WeakMap<readonly Scope[], WeakMap<AskedPackages, readonly PackageImport[]>>();

function importsOf(scopes: readonly Scope[], asked: AskedPackages): readonly PackageImport[] {
  const all = known.get(scopes) ?? new WeakMap<AskedPackages, readonly PackageImport[]>();
  known.set(scopes, all);
  const imports = all.get(asked) ?? readImports(scopes, asked);
  all.set(asked, imports);
  return imports;
}

function readImports(scopes: readonly Scope[], asked: AskedPackages): PackageImport[] {
  const imports = scopes.flatMap((scope) => scope.imports);
  // A module that is imported in two ways brings what both bring, which cannot be told here.
  const own = imports.filter(
    ({ module, isSure }) => isSure && imports.filter((other) => other.module === module).length === 1,
  );
  const direct = own.map(({ module, only, except }) => ({
    module,
    brings: (name: string) => (only === null || only.has(name)) && !except?.has(name),
  }));
  const used = scopes.flatMap(({ uses }) => uses.flatMap(({ module }) => broughtBy(module, asked, new Set())));
  const said = new Set(imports.map(({ module }) => module));
  return [...direct, ...used.filter((one) => !said.has(one.module))];
}

/** What `use` of a package's module imports in every version at hand; lines with options are left out. */
function broughtBy(module: string, asked: AskedPackages, seen: Set<string>): PackageImport[] {
  if (seen.has(module)) return [];
  seen.add(module);
  return asked.surelyBrings(module).flatMap((line) => {
    const [word, brought = '', ...options] = line.split(' ');
    if (word === 'use') return broughtBy(brought, asked, seen);
    return word === 'import' && options.length === 0 ? [{ module: brought, brings: () => true }] : [];
  });
}
