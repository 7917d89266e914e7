import { sameValue } from '../elixir/canonical.ts';
import { fileHash } from '../facts/extract/file.ts';
import { projectFacts } from '../facts/extract/project.ts';
import type { History } from '../facts/history.ts';
import type { Operation } from '../merge/operation.ts';
import type { Workspace } from '../merge/workspace.ts';
import { type Project, readProject } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';
import type { Draft } from './draft.ts';
import type { Step } from './plan.ts';

/**
 * A last step for files that facts decide on and that nobody ever touched: the target's comments and layout. It comes
 * after every step that edits such a file, and only where the file then states just what the target's does.
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
  const [edited, wanted] = [factsByFile(after.tree()), factsByFile(target)];
  const operations = [...paths].sort().flatMap((path): Operation[] => {
    const text = target.read(path);
    const hash = fileHash(project.tree, path, project.names);
    // A file that facts alone have brought into being has nothing of the user's either.
    const untouched = hash === undefined ? after.has(path) : history.wrote(`file/${path}`, hash) !== 0n;
    if (text === undefined || !untouched || after.text(path) === text) return [];
    return sameFacts(edited.get(path), wanted.get(path), history) ? [{ kind: 'replace-file', path, text }] : [];
  });
  if (operations.length === 0) return null;
  const touched = new Set(operations.map(({ path }) => path));
  const earlier = steps.filter(({ edits }) => edits.some(({ path }) => touched.has(path)));
  return {
    id: refreshId,
    title: 'Comments and layout of untouched files',
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

type FileFacts = ReadonlyMap<string, string>;

function factsByFile(tree: FileTree): Map<string, FileFacts> {
  const files = new Map<string, Map<string, string>>();
  for (const { address, value, at } of projectFacts(readProject(tree))) {
    if (!at) continue;
    const facts = files.get(at.path) ?? new Map<string, string>();
    files.set(at.path, facts.set(address, value));
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
