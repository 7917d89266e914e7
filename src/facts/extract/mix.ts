import type { Mixfile, MixKey } from '../../elixir/mix/model.ts';
import type { MixProject } from '../../project/project.ts';
import type { Member } from '../area.ts';
import type { Fact } from '../fact.ts';
import { FactList } from './fact-list.ts';

/** Keys of `project/0` that are each app's own affair, or that other facts stand for. */
const ownKeys = new Set(['app', 'version', 'deps', 'aliases', 'releases', 'name', 'description', 'package', 'docs']);

/** Deps with their options, project and application keys, aliases and private clauses of one `mix.exs`. */
export function mixFacts(app: MixProject, member: Member | null): Fact[] {
  const { mixfile } = app;
  return [...mixKeys(app.path, mixfile, member), ...depFacts(app.path, mixfile, member)];
}

function mixKeys(file: string, mixfile: Mixfile, member: Member | null): Fact[] {
  const list = new FactList('mix', member, file);
  if (mixfile.module) list.add(['module'], mixfile.module.name, mixfile.module.line);
  const add = (part: string, keys: readonly MixKey[]) => {
    for (const { path, display, line } of keys) list.add([part, ...path], display, line);
  };
  add(
    'project',
    mixfile.project.filter(({ path }) => !ownKeys.has(path[0] ?? '')),
  );
  add('application', mixfile.application);
  add('cli', mixfile.cli);
  for (const { name, display, line } of mixfile.aliases) list.add(['aliases', name], display, line);
  for (const { head, display, line } of mixfile.clauses) list.add([head], display, line);
  return list.facts;
}

function depFacts(file: string, mixfile: Mixfile, member: Member | null): Fact[] {
  const list = new FactList('deps', member, file);
  for (const dep of mixfile.deps) {
    list.add([dep.name], dep.requirement === null ? 'nil' : `"${dep.requirement}"`, dep.line);
    for (const { name, display, line } of dep.options) list.add([dep.name, name], display, line);
  }
  return list.facts;
}
