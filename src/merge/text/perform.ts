import { type Edited, refused } from '../../elixir/edited.ts';
import { mergeFile } from './file.ts';
import type { MergeOperation, RegionTexts } from './operation.ts';
import { conflictsOf, isClean, mergedText, resolveRegions } from './text-merge.ts';

/**
 * Carries out a merge on a text. Refused when the region to take is no longer there as it was. Done again it changes
 * nothing.
 */
export function performMerge(text: string, { path, base, target, take }: MergeOperation): Edited {
  const merge = mergeFile(path, base, text, target);
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

function sameRegion(a: RegionTexts, b: RegionTexts): boolean {
  return a.base === b.base && a.yours === b.yours && a.target === b.target;
}
