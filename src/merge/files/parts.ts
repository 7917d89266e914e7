import { type ChangedPart, changedParts, withParts } from '../text/definitions/parts.ts';
import { changedLines, withLines } from '../text/line-parts.ts';
import { performMerge } from '../text/perform.ts';
import type { FileOutcome } from './outcome.ts';
import { mergedTexts, mergePart, mergeWith } from './touched.ts';

/** What comes of some of the definitions of a file. */
export interface OutcomePart<Group> {
  /** Null for what of the file belongs to no group. */
  readonly group: Group | null;
  readonly outcome: FileOutcome;
}

/** How a file is taken apart: by the definitions of its one module, or by regions of lines. */
export type Cut = 'definitions' | 'lines';

/**
 * What comes of a file, part by part: those of one group together. `yours` is its text in the project, and
 * `groupOf` says where a part that changed belongs. Each can be carried out by itself, and all of them, in any
 * order, leave the definitions, or the lines, that the file as a whole would have. Null where the file is better left whole.
 */
export function splitOutcome<Group>(
  outcome: FileOutcome,
  yours: string,
  groupOf: (part: ChangedPart) => Group | null,
  cut: Cut = 'definitions',
): OutcomePart<Group>[] | null {
  const texts = mergedTexts(outcome, yours);
  const changed = texts && (cut === 'lines' ? changedLines : changedParts)(texts.base, texts.target);
  if (texts === null || !changed || changed.length === 0) return null;
  const folded = new Set<Group | null>();
  for (;;) {
    const groups = groupsOf(changed, (part) => {
      const group = groupOf(part);
      return folded.has(group) ? null : group;
    });
    const [only, ...others] = groups.keys();
    if (others.length === 0) return only === null || only === undefined ? null : [{ group: only, outcome }];
    const parts = partsOf(groups, outcome, { ...texts, yours, cut });
    const differing = parts && (cut === 'lines' ? doubtfulLines : differences)(parts, outcome, yours);
    if (parts === null || differing === null) return null;
    if (differing.size === 0) return parts;
    // What comes out otherwise by itself stays with the rest of the file.
    const more = [...groups].filter(([group, keys]) => group !== null && [...keys].some((key) => differing.has(key)));
    if (more.length === 0) return null;
    for (const [group] of more) folded.add(group);
  }
}

type Groups<Group> = ReadonlyMap<Group | null, ReadonlySet<string>>;

function groupsOf<Group>(changed: readonly ChangedPart[], groupOf: (part: ChangedPart) => Group | null): Groups<Group> {
  const groups = new Map<Group | null, Set<string>>();
  for (const part of changed) {
    const group = groupOf(part);
    groups.set(group, (groups.get(group) ?? new Set()).add(part.key));
  }
  return groups;
}

function partsOf<Group>(groups: Groups<Group>, outcome: FileOutcome, texts: PartTexts): OutcomePart<Group>[] | null {
  const parts = [...groups].map(([group, keys]) => {
    const target = (texts.cut === 'lines' ? withLines : withParts)(texts.base, texts.target, keys);
    return target === null ? null : { group, outcome: partOf(outcome, { ...texts, target }) };
  });
  const found = parts.filter((part) => part !== null);
  return found.length === parts.length ? found : null;
}

interface PartTexts {
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly target: string;
  readonly cut: Cut;
}

function partOf(outcome: FileOutcome, { path, base, yours, target, cut }: PartTexts): FileOutcome {
  if (cut === 'lines') {
    const { merge: _, ...merged } = mergeWith(base, { place: path, destination: path, yours, target });
    return { ...outcome, ...merged };
  }
  if (!outcome.touched) {
    return { ...outcome, operations: [{ kind: 'merge-file', path, base, target, take: null, definitions: 'taken' }] };
  }
  const { merge: _, ...merged } = mergePart(base, { path, yours, target });
  return { ...outcome, ...merged };
}

/** Nothing where all parts, one after another and the other way round, leave the lines of the file as a whole; else null. */
function doubtfulLines(
  parts: readonly OutcomePart<unknown>[],
  whole: FileOutcome,
  yours: string,
): ReadonlySet<string> | null {
  const wanted = carriedOut(whole, yours);
  const orders = [parts, [...parts].reverse()];
  const same = orders.every(
    (order) => order.reduce((text, { outcome }) => carriedOut(outcome, text), yours) === wanted,
  );
  return same ? new Set() : null;
}

/** The definitions that all parts, one after another, leave otherwise than the file as a whole; null where that does not show. */
function differences(
  parts: readonly OutcomePart<unknown>[],
  whole: FileOutcome,
  yours: string,
): ReadonlySet<string> | null {
  const after = parts.reduce((text, { outcome }) => carriedOut(outcome, text), yours);
  const rest = changedParts(after, carriedOut(whole, yours));
  return rest && new Set(rest.filter(({ base, target }) => base?.trim() !== target?.trim()).map(({ key }) => key));
}

function carriedOut({ operations }: FileOutcome, yours: string): string {
  return operations.reduce((text, operation) => {
    if (operation.kind === 'replace-file') return operation.text;
    const merged = operation.kind === 'merge-file' ? performMerge(text, operation) : null;
    return merged?.ok ? merged.text : text;
  }, yours);
}
