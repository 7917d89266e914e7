import { parseDiff } from '../../../src/diff/parse-diff.ts';
import type { Names } from '../../../src/elixir/names.ts';
import { fileFacts } from '../../../src/facts/extract/pristine.ts';
import { History } from '../../../src/facts/history.ts';
import { setOf } from '../../../src/facts/version-set.ts';
import type { FilesInput } from '../../../src/merge/files/input.ts';
import type { FileOutcome } from '../../../src/merge/files/outcome.ts';
import { planFiles } from '../../../src/merge/files/plan-files.ts';
import { performAll } from '../../../src/merge/perform.ts';
import { Workspace } from '../../../src/merge/workspace.ts';
import { gitDiff } from '../../../src/pristine/git-diff.ts';
import { SourceFiles } from '../../../src/project/source-files.ts';
import { type FileTree, memoryTree } from '../../../src/project/tree.ts';

export const names: Names = { app: 'shop', webApp: 'shop', module: 'Shop', webModule: 'ShopWeb' };
export const umbrellaNames: Names = { ...names, webApp: 'shop_web' };

export type Files = Readonly<Record<string, string>>;

export function treeOf(files: Files): FileTree {
  return memoryTree(
    new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text, 'latin1') }])),
  );
}

/** What the generator wrote, by version, and what the project has. */
export interface Scenario {
  readonly generated: Readonly<Record<string, Files>>;
  readonly yours: Files;
  readonly from: string;
  readonly to: string;
  readonly origin?: string | null;
  readonly names?: Names;
  readonly directories?: { readonly core: string; readonly web: string };
  readonly factOwned?: readonly string[];
  /** Whether only hashes are known. */
  readonly hashesOnly?: boolean;
}

export interface Planned {
  readonly outcomes: readonly FileOutcome[];
  outcome(path: string): FileOutcome;
  /** The project's files once everything is carried out. */
  after(more?: FileOutcome['operations']): Files;
}

export async function plan(scenario: Scenario): Promise<Planned> {
  const tree = treeOf(scenario.yours);
  const outcomes = planFiles(await inputOf(scenario, tree));
  return {
    outcomes,
    outcome: (path) => {
      const found = outcomes.find((one) => one.path === path);
      if (!found) throw new Error(`no outcome for ${path}`);
      return found;
    },
    after: (more = []) => {
      const operations = [...outcomes.flatMap((outcome) => outcome.operations), ...more];
      const next = performAll(new Workspace(tree), operations);
      if ('reason' in next) throw new Error(next.reason);
      const done = next.tree();
      return Object.fromEntries(done.paths.map((path) => [path, Buffer.from(done.bytes(path)!).toString('latin1')]));
    },
  };
}

async function inputOf(scenario: Scenario, tree: FileTree): Promise<FilesInput> {
  const { generated, from, to } = scenario;
  const trees = new Map(Object.entries(generated).map(([version, files]) => [version, treeOf(files)]));
  const [old, target] = [trees.get(from)!, trees.get(to)!];
  const own = scenario.names ?? names;
  const diff = parseDiff(await gitDiff(old, target, process.env.PATH));
  const versions = [...trees.keys()];
  const between = versions.slice(versions.indexOf(from), versions.indexOf(to) + 1);
  const baseText = (path: string, version: string) => trees.get(version)?.read(path);
  return {
    project: {
      tree,
      sources: new SourceFiles(tree),
      names: own,
      umbrella: scenario.directories !== undefined,
      core: { directory: scenario.directories?.core ?? '' },
      web: { directory: scenario.directories?.web ?? '' },
    },
    history: historyOf(trees, own),
    from,
    to,
    origin: scenario.origin === undefined ? from : scenario.origin,
    texts: scenario.hashesOnly ? null : { diff, old, target, versions: between, baseText },
    factOwned: new Set(scenario.factOwned ?? []),
  };
}

function historyOf(trees: ReadonlyMap<string, FileTree>, own: Names): History {
  const written = new Map<string, { value: string; versions: bigint }[]>();
  for (const [index, tree] of [...trees.values()].entries()) {
    for (const [path, [, value]] of fileFacts(tree, own).map((fact, at) => [tree.paths[at]!, fact] as const)) {
      const values = written.get(`file/${path}`) ?? [];
      const known = values.findIndex((one) => one.value === value);
      if (known === -1) values.push({ value, versions: setOf(index) });
      else values[known] = { value, versions: values[known]!.versions | setOf(index) };
      written.set(`file/${path}`, values);
    }
  }
  return new History({ versions: [...trees.keys()], written });
}
