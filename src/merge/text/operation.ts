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
  /**
   * Where the two texts differ in whole definitions: how these come in. `merged` keeps what the user changed in them,
   * `taken` puts the target's in the place of those of a file that nobody changed, whatever other steps made of them.
   */
  readonly definitions?: 'merged' | 'taken';
}
