import { lookup } from '../../packages/lookup.ts';
import { versionOf } from '../../packages/span.ts';
import type { Packages } from '../../packages/store.ts';
import type { MovingPackage } from './moving.ts';

/** A name of a package that the upgrade takes away or that the target deprecates. */
export interface ChangedName {
  readonly package: string;
  readonly module: string;
  readonly name: string;
  readonly arity: number;
  readonly state: 'gone' | 'deprecated';
  /** First version of the package for which that holds. */
  readonly since: string;
  readonly instead: string | null;
  /** Whether another module of the package has it under the same name in the target: an import may bring it from there. */
  readonly moved: boolean;
}

/** Packages that keep what another dropped, name by name: rules of their own tell how they come in. */
const keepers: ReadonlyMap<string, string> = new Map([
  ['phoenix', 'phoenix_view'],
  ['phoenix_html', 'phoenix_html_helpers'],
]);

/** Names that packages have in the version in use and lack or deprecate in the target, by `Module.name/arity`. */
export function changedNames(moving: readonly MovingPackage[], packages: Packages): Map<string, ChangedName> {
  const all = moving.flatMap((one) => changesOf(one, keptNames(one, packages), packages));
  return new Map(all.map((one) => [`${one.module}.${one.name}/${one.arity}`, one]));
}

function changesOf(moving: MovingPackage, kept: ReadonlySet<string>, packages: Packages): ChangedName[] {
  const { facts, from, to } = moving;
  const remaining = new Set(facts.modules.flatMap((module) => facts.module(module)?.imported(to) ?? []));
  return facts.modules.flatMap((module) =>
    (facts.module(module)?.imported(from) ?? []).flatMap((full): ChangedName[] => {
      const slash = full.lastIndexOf('/');
      const [name, arity] = [full.slice(0, slash), Number(full.slice(slash + 1))];
      const now = lookup(facts, to, module, name, arity);
      const one = { package: facts.name, module, name, arity, moved: remaining.has(full) };
      if (now.state === 'present' && now.deprecated)
        return [
          { ...one, state: 'deprecated', since: releaseOf(now.deprecated.since), instead: now.deprecated.instead },
        ];
      if (now.state !== 'absent' || now.gone === null || kept.has(full) || isHadElsewhere(one, packages)) return [];
      return [{ ...one, state: 'gone', since: releaseOf(now.gone), instead: null }];
    }),
  );
}

type NamedFunction = Pick<ChangedName, 'package' | 'module' | 'name' | 'arity'>;

/** Whether another package has the function now, as ecto_sql has what was Ecto's. */
function isHadElsewhere({ package: own, module, name, arity }: NamedFunction, packages: Packages): boolean {
  return packages.definedBy(module).some((other) => {
    const facts = other === own ? null : packages.package(other);
    const newest = facts?.releases.at(-1);
    return facts && newest !== undefined && lookup(facts, newest, module, name, arity).state === 'present';
  });
}

/** Names, whatever their module, that another package keeps for apps that need them. */
export function keptNames({ facts }: MovingPackage, packages: Packages): Set<string> {
  const keeper = packages.package(keepers.get(facts.name) ?? '');
  const newest = keeper?.releases.at(-1);
  if (!keeper || newest === undefined) return new Set();
  return new Set(keeper.modules.flatMap((module) => keeper.module(module)?.imported(newest) ?? []));
}

/** What comes with a release candidate comes with the release. */
export function releaseOf(version: string): string {
  const { major, minor, patch } = versionOf(version);
  return `${major}.${minor}.${patch}`;
}
