import { accountOf, type OpenHunk } from '../../../src/diff/account.ts';
import { parseDiff } from '../../../src/diff/parse-diff.ts';
import { composeHistory } from '../../../src/facts/history.ts';
import { planFiles } from '../../../src/merge/files/plan-files.ts';
import { performAll } from '../../../src/merge/perform.ts';
import { Workspace } from '../../../src/merge/workspace.ts';
import { flagsOfVariant } from '../../../src/pristine/flags.ts';
import { gitDiff } from '../../../src/pristine/git-diff.ts';
import { namesOf, renameTree, sampleNames } from '../../../src/pristine/naming.ts';
import { SnapshotStore } from '../../../src/pristine/snapshots.ts';
import { readProject } from '../../../src/project/project.ts';
import type { FileTree } from '../../../src/project/tree.ts';

/** Which pristine project becomes which, under which app's name. */
export interface Journey {
  readonly from: string;
  readonly to: string;
  readonly variant: string;
  readonly app: string;
}

/** What the plan for whole files made of an old pristine project. */
export interface Arrival {
  /** Paths that are not as the new pristine project has them. */
  readonly different: readonly string[];
  readonly open: readonly OpenHunk[];
  readonly hunks: number;
}

/** Whether facts decide on a file. */
export function isKeyFile(path: string): boolean {
  return /(^|\/)(mix\.exs|config\/[^/]+\.exs|application\.ex|endpoint\.ex)$/.test(path);
}

/** Takes an old pristine project for the user's, and carries out the whole plan for its files. */
export async function travel(
  journey: Journey,
  treeOf: (version: string, variant: string) => FileTree,
): Promise<Arrival> {
  const { from, to, variant, app } = journey;
  const flags = flagsOfVariant(variant) ?? [];
  const renamed = (version: string) => renameTree(treeOf(version, variant), sampleNames(flags), namesOf(app, flags));
  const [old, target] = [renamed(from), renamed(to)];
  const project = readProject(old);
  const history = composeHistory(new SnapshotStore(), [variant], project.names);
  const diff = parseDiff(await gitDiff(old, target, process.env.PATH));
  const factOwned = new Set([...old.paths, ...target.paths].filter(isKeyFile));
  const baseText = (path: string, version: string) => (version === from ? old : target).read(path);
  const texts = { diff, old, target, versions: [from, to], baseText };
  const outcomes = planFiles({ project, history, from, to, origin: from, texts, factOwned });
  const after = performAll(
    new Workspace(old),
    outcomes.flatMap(({ operations }) => operations),
  );
  if ('reason' in after) throw new Error(after.reason);
  const fates = new Map(outcomes.map((outcome) => [outcome.path, outcome.fates]));
  const { account, open } = accountOf(diff, ({ path, hunks }) =>
    factOwned.has(path) ? hunks.map(() => 'covered') : (fates.get(path) ?? []),
  );
  return { different: differing(after.tree(), target, factOwned), open, hunks: account.hunks };
}

function differing(tree: FileTree, target: FileTree, factOwned: ReadonlySet<string>): string[] {
  return [...new Set([...tree.paths, ...target.paths])].filter((path) => {
    if (factOwned.has(path)) return false;
    const [is, ought] = [tree.bytes(path), target.bytes(path)];
    const same = is !== undefined && ought !== undefined && Buffer.compare(is, ought) === 0;
    return !same || tree.executable(path) !== target.executable(path);
  });
}
