import { type Edited, refused } from '../../elixir/edited.ts';
import { mergeFile } from './file.ts';
import { conflictsOf, isClean, mergedText, resolveRegions } from './text-merge.ts';

/** The three texts that a conflict is known by. */
export interface RegionTexts {
  readonly base: string;
  readonly yours: string;
  readonly target: string;
}

/**
 * Brings into a file what changed from `base` to `target`. Carried out on the file as it is then: what conflicts keeps
 * the user's text, but for the region in `take`, which gets the target's.
 */
export interface MergeOperation {
  readonly kind: 'merge-file';
  readonly path: string;
  readonly base: string;
  readonly target: string;
  readonly take: RegionTexts | null;
}

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
