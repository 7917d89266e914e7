import { type ChangedPart, changedParts, withParts } from '../text/definitions/parts.ts';
import { performMerge } from '../text/perform.ts';
import type { FileOutcome } from './outcome.ts';
import { mergedTexts, mergePart } from './touched.ts';

/** What comes of some of the definitions of a file. */
export interface OutcomePart<Group> {
  /** Null for what of the file belongs to no group. */
  readonly group: Group | null;
  readonly outcome: FileOutcome;
}

/**
 * What comes of a file, definition by definition: those of one group together. `yours` is its text in the project, and
 * `groupOf` says where a definition that changed belongs. Each part can be carried out by itself, and all of them, in any
 * order, leave the definitions that the file as a whole would have. Null where the file is better left whole.
 */
export function splitOutcome<Group>(
  outcome: FileOutcome,
  yours: string,
  groupOf: (part: ChangedPart) => Group | null,
): OutcomePart<Group>[] | null {
  const texts = mergedTexts(outcome, yours);
  const changed = texts && changedParts(texts.base, texts.target);
  if (texts === null || !changed || changed.length === 0) return null;
  const keys = new Map<Group | null, Set<string>>();
  for (const part of changed) {
    const group = groupOf(part);
    keys.set(group, (keys.get(group) ?? new Set()).add(part.key));
  }
  const [only, ...others] = keys.keys();
  if (others.length === 0) return only === null || only === undefined ? null : [{ group: only, outcome }];
  const parts = [...keys].map(([group, own]) => {
    const target = withParts(texts.base, texts.target, own);
    return target === null ? null : { group, outcome: partOf(outcome, { ...texts, yours, target }) };
  });
  const found = parts.filter((part) => part !== null);
  return found.length === parts.length && leavesTheSame(found, outcome, yours) ? found : null;
}

interface PartTexts {
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly target: string;
}

function partOf(outcome: FileOutcome, { path, base, yours, target }: PartTexts): FileOutcome {
  if (!outcome.touched) {
    return { ...outcome, operations: [{ kind: 'merge-file', path, base, target, take: null, definitions: 'taken' }] };
  }
  const { merge: _, ...merged } = mergePart(base, { path, yours, target });
  return { ...outcome, ...merged };
}

/** Whether all parts, one after another, leave the definitions that the file as a whole would have. */
function leavesTheSame(parts: readonly OutcomePart<unknown>[], whole: FileOutcome, yours: string): boolean {
  const after = parts.reduce((text, { outcome }) => carriedOut(outcome, text), yours);
  const rest = changedParts(after, carriedOut(whole, yours));
  return rest?.every(({ base, target }) => base?.trim() === target?.trim()) ?? false;
}

function carriedOut({ operations }: FileOutcome, yours: string): string {
  return operations.reduce((text, operation) => {
    if (operation.kind === 'replace-file') return operation.text;
    const merged = operation.kind === 'merge-file' ? performMerge(text, operation) : null;
    return merged?.ok ? merged.text : text;
  }, yours);
}
