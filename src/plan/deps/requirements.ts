import { readMixfile } from '../../elixir/mix/read.ts';
import { parse } from '../../elixir/parse.ts';
import type { Operation } from '../../merge/operation.ts';
import type { Project } from '../../project/project.ts';

/** A dep as one `mix.exs` lists it. */
export interface ListedRequirement {
  readonly path: string;
  readonly line: number;
  /** Null for one from git, a path or the umbrella. */
  readonly requirement: string | null;
  readonly override: boolean;
}

/** What the `mix.exs` files of a project ask for, by dep. */
export type Requirements = ReadonlyMap<string, readonly ListedRequirement[]>;

/** What a project asks for as it is. */
export function requirementsOf({ root, apps }: Pick<Project, 'root' | 'apps'>): Requirements {
  const found = new Map<string, ListedRequirement[]>();
  for (const { path, mixfile } of new Set([root, ...apps]))
    for (const { name, requirement, options, line } of mixfile.deps) {
      const override = options.some((one) => one.name === 'override' && one.display === 'true');
      found.set(name, [...(found.get(name) ?? []), { path, line, requirement, override }]);
    }
  return found;
}

/** Whether an edit adds, changes or takes away a dep. */
export function touchesDeps({ kind }: Operation): boolean {
  return kind === 'set-requirement' || kind === 'remove-dep' || kind === 'add-dep' || kind === 'replace-dep';
}

/** What a project asks for once some edits are made. */
export function requirementsAfter(before: Requirements, operations: readonly Operation[]): Requirements {
  const after = new Map(before);
  const put = (name: string, path: string, change: Partial<ListedRequirement> | null) => {
    const all = after.get(name) ?? [];
    const own = all.find((one) => one.path === path) ?? { path, line: 1, requirement: null, override: false };
    const others = all.filter((one) => one.path !== path);
    after.set(name, change === null ? others : [...others, { ...own, ...change }]);
  };
  for (const one of operations) {
    if (one.kind === 'set-requirement') put(one.dep, one.path, { requirement: one.requirement });
    if (one.kind === 'remove-dep') put(one.dep, one.path, null);
    const added = one.kind === 'add-dep' || one.kind === 'replace-dep' ? depIn(one.text) : undefined;
    if (added && 'path' in one) put(added.name, one.path, added);
  }
  return after;
}

/** The dep of `{:req, "~> 0.5", only: :test}`. */
function depIn(tuple: string): { name: string; requirement: string | null } | undefined {
  const text = `defmodule M do\n  use Mix.Project\n  def project, do: [deps: [${tuple}]]\nend\n`;
  const [dep] = readMixfile(parse(text)).deps;
  return dep && { name: dep.name, requirement: dep.requirement };
}
