import type { FileDiff } from '../../diff/tree-diff.ts';
import { deletedOutcome, missingOutcome } from './absent.ts';
import { type Context, type FileChange, locateAll } from './change.ts';
import { withSecretsIgnored } from './ignored-secrets.ts';
import type { FilesInput } from './input.ts';
import type { FileOutcome } from './outcome.ts';
import { withoutBundlerFiles } from './own-bundler.ts';
import { withoutStartPage } from './own-start-page.ts';
import { withoutGeneratorStyles } from './own-styles.ts';
import { presentOutcome } from './present.ts';
import { keepUsedFiles } from './removals.ts';
import { withoutTwins } from './twin-templates.ts';
import { outcomesWithoutTexts } from './without-texts.ts';

/**
 * What comes of every file that the generator changed, in the order of the pristine diff, but for those that
 * facts decide on. The operations of all outcomes can be carried out together, in this order.
 */
export function planFiles(input: FilesInput): readonly FileOutcome[] {
  const { factOwned } = input;
  if (input.texts === null) return settled(outcomesWithoutTexts(input), input);
  const texts = withSecretsIgnored(input.texts, input.project);
  const context: Context = { input, texts };
  const files = texts.diff.files.filter(({ path, from }) => !factOwned.has(path) && !(from && factOwned.has(from)));
  const outcomes = locateAll(context, files).flatMap((change) => outcomesOf(context, change));
  return settled(outcomes, input);
}

function settled(outcomes: readonly FileOutcome[], input: FilesInput): readonly FileOutcome[] {
  const passes = [keepUsedFiles, withoutStartPage, withoutGeneratorStyles, withoutBundlerFiles, withoutTwins];
  return passes.reduce<readonly FileOutcome[]>((all, pass) => pass(all, input), outcomes);
}

function outcomesOf(context: Context, change: FileChange): FileOutcome[] {
  const { oldPlace, newPlace } = change;
  switch (change.diff.status) {
    case 'added':
      return [newPlace === null ? missingOutcome(context, change) : presentOutcome(context, change, newPlace)];
    case 'deleted':
      return [deletedOutcome(context, change, oldPlace)];
    case 'modified':
      return [oldPlace === null ? missingOutcome(context, change) : presentOutcome(context, change, oldPlace)];
    case 'renamed':
      return renamedOutcomes(context, change);
  }
}

/** A project may have a renamed file at its old place, at its new one, or, half upgraded, at both. */
function renamedOutcomes(context: Context, change: FileChange): FileOutcome[] {
  const { oldPlace, newPlace } = change;
  const place = newPlace ?? oldPlace;
  if (place === null) return [missingOutcome(context, change)];
  const present = presentOutcome(context, change, place);
  if (newPlace === null || oldPlace === null || oldPlace === newPlace) return [present];
  return [present, deletedOutcome(context, { ...change, diff: droppedPart(change.diff) }, oldPlace)];
}

/** The former half of a rename, as a deletion; its hunks belong to the other half. */
function droppedPart(diff: FileDiff): FileDiff {
  return { ...diff, status: 'deleted', path: diff.from ?? diff.path, from: null, hunks: [], newMode: null };
}
