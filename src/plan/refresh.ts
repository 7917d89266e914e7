import { sameValue } from '../elixir/canonical.ts';
import { secretsFrom, withSecrets } from '../elixir/secrets.ts';
import { type Address, AddressMap, addressOf, fileAddress } from '../facts/address.ts';
import { fileHash } from '../facts/extract/file.ts';
import { membersOf, projectFacts } from '../facts/extract/project.ts';
import type { History } from '../facts/history.ts';
import type { Operation } from '../merge/operation.ts';
import { inFormOf } from '../merge/text/text-merge.ts';
import type { Workspace } from '../merge/workspace.ts';
import { type Project, readProject } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';
import type { Draft } from './draft.ts';
import type { Step } from './plan.ts';
import { saltFor } from './salt.ts';

/** A project after all steps, and the generated one that it is held against. */
interface Comparison {
  readonly project: Project;
  readonly history: History;
  readonly target: FileTree;
  readonly after: Workspace;
}

/**
 * A last step for files that facts decide on and that nobody ever touched: the target's comments and layout. It comes
 * after every step that edits such a file, and only where the files then state just what the target's do. Config counts
 * as a whole where all of it is untouched: what the generator sets in one file today it may have set in another.
 */
export function refreshDraft(
  project: Project,
  history: History,
  {
    target,
    paths,
    steps,
    after,
  }: { target: FileTree; paths: ReadonlySet<string>; steps: readonly Step[]; after: Workspace },
): Draft | null {
  const comparison = { project, history, target, after };
  const [edited, wanted] = [factsByFile(after.tree()), factsByFile(target)];
  const all = [...new Set([...paths, ...target.paths.filter(isConfig)])].sort();
  const isSettled = (group: readonly string[]) =>
    sameFacts(joined(edited, group), joined(wanted, group), history) &&
    group.every((path) => isUntouched(path, comparison));
  const config = all.filter(isConfig);
  const groups = isSettled(config) ? [config, ...single(all.filter((path) => !isConfig(path)))] : single(all);
  const operations = groups.filter(isSettled).flatMap((group) => refreshed(group, comparison));
  if (operations.length === 0) return null;
  const touched = new Set(operations.map(({ path }) => path));
  const earlier = steps.filter(({ edits }) => edits.some(({ path }) => touched.has(path)));
  return draftOf(operations, earlier);
}

function isConfig(path: string): boolean {
  return /^(apps\/[^/]+\/)?config\/[^/]+\.exs$/.test(path);
}

function single(paths: readonly string[]): string[][] {
  return paths.map((path) => [path]);
}

/** A file that facts alone have brought into being has nothing of the user's either. */
function isUntouched(path: string, { project, history }: Comparison): boolean {
  const hash = fileHash(project.tree, path, project.names);
  return hash === undefined || history.wrote(fileAddress(path), hash) !== 0n;
}

function refreshed(group: readonly string[], { project, target, after }: Comparison): Operation[] {
  const textsOf = (paths: readonly string[]) => paths.flatMap((path) => after.text(path) ?? []);
  // What stood in a file that the target has no more may have moved to another.
  const moved = secretsFrom(textsOf(group.filter((path) => !target.has(path))));
  return group.flatMap((path): Operation[] => {
    const generated = target.read(path);
    const present = after.text(path);
    if (generated === undefined) return after.has(path) ? [{ kind: 'delete-file', path }] : [];
    const own = secretsFrom(textsOf([path]));
    const fresh = (place: string) => `"${saltFor(project.names, `${path}.${place}`)}"`;
    const secrets = withSecrets(generated, (secret) => own(secret) ?? moved(secret) ?? fresh(secret.place));
    const text = inFormOf(present ?? '', secrets);
    if (present === text) return [];
    return after.has(path)
      ? [{ kind: 'replace-file', path, text }]
      : [{ kind: 'create-file', path, text, executable: false }];
  });
}

function draftOf(operations: readonly Operation[], earlier: readonly Step[]): Draft {
  return {
    id: refreshId,
    title: 'Update comments and layout of untouched files',
    why: 'You never changed these files: with their comments up to date they look as a new project does.',
    docs: null,
    area: 'docs',
    need: 'cosmetic',
    risk: 'safe',
    since: null,
    after: earlier.map(({ id }) => id),
    commands: [],
    items: [],
    operations,
    findings: [],
  };
}

/** Paths that such a step of a plan writes. */
export function refreshedBy(steps: readonly Step[]): Set<string> {
  const step = steps.find(({ id }) => id === refreshId);
  return new Set(step?.operations.map(({ path }) => path));
}

const refreshId = 'generated-comments';

/** What several files state together; undefined where they state nothing. */
function joined(files: ReadonlyMap<string, FileFacts>, group: readonly string[]): FileFacts | undefined {
  const facts = group.flatMap((path) => [...(files.get(path) ?? [])]);
  return facts.length === 0 ? undefined : new AddressMap(facts);
}

type FileFacts = AddressMap<string>;

function factsByFile(tree: FileTree): Map<string, FileFacts> {
  const project = readProject(tree);
  const files = new Map<string, AddressMap<string>>();
  const add = (path: string, address: Address, value: string) => {
    const facts = files.get(path) ?? new AddressMap<string>();
    facts.set(address, value);
    files.set(path, facts);
  };
  for (const { address, value, at } of projectFacts(project)) if (at) add(at.path, address, value);
  // What a project releases is its own affair and no fact: a step that declares it must not be undone.
  for (const { app, member } of membersOf(project)) {
    const own = app.mixfile.project.filter(({ path }) => path[0] === 'releases');
    for (const { path, display } of own) add(app.path, addressOf('mix', member, ['project', ...path]), display);
  }
  return files;
}

/** Whether both state the same, what the generator writes on another machine counting as the same. */
function sameFacts(mine: FileFacts | undefined, theirs: FileFacts | undefined, history: History): boolean {
  if (!mine || !theirs || mine.size !== theirs.size) return false;
  return [...theirs].every(([address, value]) => {
    const own = mine.get(address);
    if (own === undefined) return false;
    return sameValue(own, value) || (history.wrote(address, own) & history.wrote(address, value)) !== 0n;
  });
}
