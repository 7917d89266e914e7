import { sameValue } from '../../src/elixir/canonical.ts';
import { Address, AddressMap, AddressSet } from '../../src/facts/address.ts';
import type { FactArea } from '../../src/facts/area.ts';
import { detect } from '../../src/facts/detect.ts';
import { projectFacts } from '../../src/facts/extract/project.ts';
import type { History } from '../../src/facts/history.ts';
import { contains } from '../../src/facts/version-set.ts';
import { BuildFiles } from '../../src/findings/build-files.ts';
import type { LoadedProject } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { summaryOf } from '../../src/library/summary.ts';
import { ruledFacts } from '../../src/merge/rulings.ts';
import type { VersionSpan } from '../../src/merge/verdict.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { shippedPackages } from '../../src/packages/store.ts';
import { carryOut } from '../../src/plan/carry-out.ts';
import { editContext, rulingContext } from '../../src/plan/contexts.ts';
import type { Draft } from '../../src/plan/draft.ts';
import { factChanges } from '../../src/plan/fact-changes.ts';
import { shippedGenerated } from '../../src/pristine/generated-history.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { readProject } from '../../src/project/project.ts';
import type { FileTree } from '../../src/project/tree.ts';

/** What is held against one generated project taken for a user's; nothing where all is well. */
export type Faults = readonly string[];

const snapshots = new SnapshotStore();

export function load(tree: FileTree): LoadedProject {
  const project = readProject(tree);
  const facts = projectFacts(project);
  return { root: '.', project, facts, detection: detect(project, facts, snapshots) };
}

/** `detect` must name the flags, and a version that wrote the same as the true one. */
export function detectionFaults({ detection }: LoadedProject, version: string, variant: string): Faults {
  const { flags, origin, history } = detection;
  const named = flags.map((flag) => flag.variant).join('+') || 'default';
  const output = (of: string) => JSON.stringify([...history.facts(of).byText]);
  const same = origin.version === version || (origin.version !== null && output(origin.version) === output(version));
  return [
    ...(named === variant ? [] : [`flags ${named}`]),
    ...(same ? [] : [`version ${origin.version}, which wrote otherwise`]),
  ];
}

/** A plan from a version to itself must leave every fact and file as it is. */
export function standingFaults(loaded: LoadedProject, version: string): Faults {
  const plan = planProject(loaded, { from: version, to: version });
  return plan.steps.flatMap(({ id, changes }) =>
    changes
      .filter(({ verdict }) => verdict !== 'done')
      .map(({ address, verdict, yours, target }) => `${id}: ${verdict} ${address}: ${yours} -> ${target}`),
  );
}

/** The facts that edits are made for; files and the router need generated text. */
const edited: ReadonlySet<FactArea> = new Set(['deps', 'mix', 'config', 'supervision', 'endpoint']);

/** Every edit from one version to another, made in memory, must leave the facts of the target. */
export function conversionFaults(loaded: LoadedProject, from: string, to: string): Faults {
  const { project, facts, detection } = loaded;
  const { history } = detection;
  const source = { from: 'snapshots', to: 'snapshots' } as const;
  const summary = summaryOf(project, detection);
  const packages = shippedPackages;
  const input = {
    packages,
    project,
    facts,
    detection,
    summary,
    start: from,
    from,
    to,
    source,
    texts: null,
    migrations: [],
    code: [],
    generated: shippedGenerated,
  };
  const build = new BuildFiles(project.sources);
  // Whole files are left to text here: one that text would replace holds nothing back.
  const ruling = { ...rulingContext(input, build, true), span: spanBetween(history, from, to) };
  const context = editContext(input, ruling, build);
  const items = factChanges(ruledFacts(ruling), history, context)
    .map(({ item }) => item)
    .filter(({ change }) => edited.has(new Address(change.address).area));
  const done = carryOut({ ...blank, items }, new Workspace(project.tree));
  const open = done.draft.items.filter(({ change }) => change.verdict !== 'pending' && change.verdict !== 'done');
  return [
    ...open.map(({ change }) => `${change.verdict} ${change.address}: ${change.note ?? change.yours}`),
    ...differences(done.workspace.tree(), loaded, to),
  ];
}

/** The project is as `from` wrote it, whatever other version wrote the same. */
function spanBetween(history: History, from: string, to: string): VersionSpan {
  const [start, end] = [history.indexOf(from), history.indexOf(to)];
  return { origin: start, start, from: start, to: end };
}

const blank: Draft = {
  id: 'all',
  title: '',
  why: '',
  docs: null,
  area: 'mix',
  need: 'required',
  risk: 'safe',
  since: null,
  after: [],
  commands: [],
  items: [],
  operations: [],
  findings: [],
};

/**
 * Facts of a tree that a version did not write. What it writes on other machines counts as its own, and what no
 * version ever writes (the key for another module's name) is the project's.
 */
function differences(tree: FileTree, { facts: before, detection }: LoadedProject, version: string): string[] {
  const { history } = detection;
  const isOwn = (address: Address) => address.keyPath.at(-1) === 'namespace' || history.values(address).length === 0;
  const own = new AddressSet(before.map(({ address }) => address).filter(isOwn));
  const facts = new AddressMap(projectFacts(readProject(tree)).map(({ address, value }) => [address, value] as const));
  const index = history.indexOf(version);
  const lacking = [...history.facts(version)].flatMap(([address, value]) => {
    if (!edited.has(address.area)) return [];
    const mine = facts.get(address);
    if (mine === undefined) return [`lacks ${address}: ${value}`];
    const same = sameValue(mine, value) || contains(history.wrote(address, mine), index);
    return same ? [] : [`${address}: ${mine} instead of ${value}`];
  });
  const extra = [...facts].filter(
    ([address]) => edited.has(address.area) && !own.has(address) && history.valueAt(address, version) === undefined,
  );
  return [...lacking, ...extra.map(([address, value]) => `has ${address}: ${value}`)];
}
