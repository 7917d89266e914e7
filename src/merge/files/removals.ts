import { withDefinitionsOf } from '../text/definitions/parts.ts';
import { performMerge } from '../text/perform.ts';
import type { FilesInput } from './input.ts';
import type { FileOutcome } from './outcome.ts';
import { withOwnLines } from './own-lines.ts';
import { usedFunctions, withoutFunctions } from './sections.ts';
import { templateName } from './template-name.ts';
import { mergedTexts, mergeWith } from './touched.ts';
import { type StayingFile, usersOf } from './uses.ts';

/**
 * Turns the removal of a file that the project goes on using into something for a person, and keeps functions that
 * other files take from a module (`use ShopWeb, :view`) though the generator dropped them. What stays may in turn use
 * what else would go, so this is asked until nothing changes.
 */
export function keepUsedFiles(outcomes: readonly FileOutcome[], input: FilesInput): FileOutcome[] {
  let current = [...outcomes];
  for (;;) {
    const staying = stayingFiles(current, input);
    const templates = templatesAfter(current, input);
    const next = current.map((outcome) => kept(outcome, staying, templates, input));
    if (next.every((outcome, index) => outcome === current[index]))
      return current.map((outcome) => withUsedFunctions(outcome, staying, input));
    current = next;
  }
}

function withUsedFunctions(
  outcome: FileOutcome,
  staying: readonly StayingFile[],
  { project }: FilesInput,
): FileOutcome {
  const { place } = outcome;
  const yours = place?.endsWith('.ex') ? project.tree.read(place)?.replace(/^\uFEFF/, '') : undefined;
  const change = yours === undefined ? null : mergedTexts(outcome, yours);
  if (place === null || yours === undefined || change === null) return outcome;
  const others = staying.filter(({ path }) => path !== place);
  const used = usedFunctions(yours, change.target, others);
  if (used === null) return outcome;
  const keeping = keepingFunctions(withOwnLines(change, yours), used.names);
  const users = `${used.users.slice(0, 3).join(', ')} ${used.users.length === 1 ? 'uses' : 'use'} it`;
  const { merge: _, ...parts } = mergeWith(keeping.base, {
    place,
    destination: change.path,
    yours,
    target: keeping.target,
  });
  const modes = outcome.operations.filter(({ kind }) => kind === 'set-mode');
  const operations = [...parts.operations, ...modes];
  return { ...outcome, ...parts, operations, risk: 'review', note: `keeps ${used.names.join(', ')}: ${users}` };
}

/** Texts between which some functions are neither changed nor dropped: their target's text for a conflict leaves them alone, too. */
function keepingFunctions(
  { base, target }: { readonly base: string; readonly target: string },
  names: readonly string[],
) {
  const kept = withDefinitionsOf(base, target, names);
  return kept === null ? { base: withoutFunctions(base, names), target } : { base, target: kept };
}

function kept(
  outcome: FileOutcome,
  staying: readonly StayingFile[],
  templates: ReadonlySet<string>,
  { project }: FilesInput,
): FileOutcome {
  const { place, operations } = outcome;
  const [removal] = operations;
  if (removal?.kind !== 'delete-file' || place === null) return outcome;
  // The same template for another engine takes its place: both would render the same name.
  if (templates.has(templateName(place) ?? '')) return outcome;
  const users = usersOf({ path: place, text: project.tree.read(place) ?? '' }, staying, project);
  if (users.length === 0) return outcome;
  const note = `stays: ${users.slice(0, 3).join(', ')} ${users.length === 1 ? 'uses' : 'use'} it`;
  return { ...outcome, status: 'manual', risk: 'manual', operations: [], note };
}

/** Templates that stand in the project once the outcomes are carried out, without their engine: `page/index.html`. */
function templatesAfter(outcomes: readonly FileOutcome[], { project }: FilesInput): Set<string> {
  const after = new Set(project.tree.paths);
  for (const operation of outcomes.flatMap(({ operations }) => operations)) {
    if (operation.kind === 'delete-file') after.delete(operation.path);
    if (operation.kind === 'rename-file') after.delete(operation.from);
    if (operation.kind === 'rename-file' || operation.kind === 'create-file') after.add(operation.path);
  }
  return new Set([...after].flatMap((path) => templateName(path) ?? []));
}

/** Code, templates and assets that are the user's own after the plan, each with its text then. */
function stayingFiles(outcomes: readonly FileOutcome[], { project, factOwned }: FilesInput): StayingFile[] {
  const byPlace = new Map(outcomes.flatMap((outcome) => (outcome.place === null ? [] : [[outcome.place, outcome]])));
  return project.tree.paths
    .filter((path) => /\.(exs?|h?eex|leex|css|scss|m?js|ts)$/.test(path) && !factOwned.has(path) && !isElsewhere(path))
    .flatMap((path): StayingFile[] => {
      const text = project.tree.read(path);
      const after = text === undefined ? undefined : textAfter(text, byPlace.get(path));
      return after === undefined ? [] : [{ path, text: after }];
    });
}

/** Configuration and scripts name modules that other steps see to. */
function isElsewhere(path: string): boolean {
  return /(^|\/)(config|priv|rel|vendor)\//.test(path) || path.endsWith('mix.exs');
}

function textAfter(text: string, outcome: FileOutcome | undefined): string | undefined {
  for (const operation of outcome?.operations ?? []) {
    // What goes whole, or becomes the generator's own, uses nothing that the generator dropped.
    if (operation.kind === 'delete-file' || operation.kind === 'replace-file') return undefined;
    if (operation.kind === 'merge-file') {
      const merged = performMerge(text, operation);
      return merged.ok ? merged.text : text;
    }
  }
  return text;
}
