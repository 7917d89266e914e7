import { type Edited, refused } from '../../elixir/edited.ts';
import { changedParts, withParts } from './definitions/parts.ts';
import { mergeByDefinitions, mergeFile } from './file.ts';
import type { MergeOperation, RegionTexts } from './operation.ts';
import { conflictsOf, isClean, mergedText, resolveRegions, type TextMerge } from './text-merge.ts';

/**
 * Carries out a merge on a text. Refused when the region to take is no longer there as it was. Done again it changes
 * nothing.
 */
export function performMerge(text: string, operation: MergeOperation): Edited {
  const { base, target, take } = operation;
  if (operation.definitions === 'taken') return takenParts(text, base, target);
  const merge = mergeBy(operation, text);
  if (take === null || isClean(merge)) return { ok: true, text: mergedText(merge) };
  const conflicts = conflictsOf(merge);
  const wanted = conflicts.map((conflict) => sameRegion(conflict, take));
  if (wanted.includes(true)) {
    return {
      ok: true,
      text: resolveRegions(
        merge,
        wanted.map((one) => (one ? 'target' : 'yours')),
      ),
    };
  }
  const changed = conflicts.some((conflict) => conflict.base === take.base && conflict.target === take.target);
  return changed ? refused('the conflicting lines have changed since') : { ok: true, text: mergedText(merge) };
}

/** What an operation makes of a text, region by region. */
export function mergeBy({ path, base, target, definitions }: MergeOperation, text: string): TextMerge {
  return definitions ? mergeByDefinitions(base, text, target) : mergeFile(path, base, text, target);
}

function takenParts(text: string, base: string, target: string): Edited {
  const keys = new Set(changedParts(base, target)?.map(({ key }) => key));
  const result = withParts(text, target, keys);
  return result === null ? refused('its definitions cannot be told apart any more') : { ok: true, text: result };
}

function sameRegion(a: RegionTexts, b: RegionTexts): boolean {
  return a.base === b.base && a.yours === b.yours && a.target === b.target;
}
