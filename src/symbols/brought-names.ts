import type { PackageFacts } from '../packages/facts.ts';
import type { KnownPackages } from './asked-packages.ts';
import { AskedPackages } from './asked-packages.ts';
import type { ProjectIndex } from './index.ts';
import type { Transition } from './transition.ts';

/** Functions of the project that a package has too, since mix.exs asks for versions of it that do. */
export function namesBrought({ before, after, changed, packages }: Omit<Transition, 'own'>): string[] {
  if (packages === null || !changed.some((path) => path.endsWith('mix.exs'))) return [];
  const [old, now] = [AskedPackages.of(before, packages), AskedPackages.of(after, packages)];
  const gained = [...after.deps].flatMap((dep) => gainedBy(dep, old, now, packages));
  return gained.length === 0 ? [] : definedAmong(new Set(gained), after);
}

function gainedBy(dep: string, old: AskedPackages, now: AskedPackages, { facts }: KnownPackages): string[] {
  const known = facts.package(dep);
  const [was, is] = [old.atHand(dep)[0], now.atHand(dep)[0]];
  if (known === null || is === undefined || was === is) return [];
  const before = was === undefined ? new Set<string>() : new Set(importable(known, was));
  return importable(known, is).filter((name) => !before.has(name));
}

/** Names that some import of the package brings in a version. */
function importable(facts: PackageFacts, version: string): string[] {
  const names = facts.modules.flatMap((module) => facts.module(module)?.imported(version) ?? []);
  return names.map((name) => name.slice(0, name.lastIndexOf('/')));
}

function definedAmong(names: ReadonlySet<string>, index: ProjectIndex): string[] {
  const texts = index.mentioning(['def']).map((path) => index.text(path) ?? '');
  const defined = texts.flatMap((text) => [...text.matchAll(/\bdef(?:macro)?p?\s+([\w?!]+)/g)]);
  return [...new Set(defined.flatMap(([, name = '']) => (names.has(name) ? [name] : [])))];
}
