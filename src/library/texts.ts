import { parseDiff } from '../diff/parse-diff.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import type { SourceKind } from '../plan/plan.ts';
import { gitDiff } from '../pristine/git-diff.ts';
import { obtainPair } from '../pristine/select.ts';
import type { PristineRequest, PristineSource } from '../pristine/source.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { FileTree } from '../project/tree.ts';

/** Between which versions text is wanted, and for which project. */
export interface TextsRequest extends Omit<PristineRequest, 'version'> {
  /** The older of the origin and `from`: the diff begins there. */
  readonly start: string;
  readonly from: string;
  readonly to: string;
  /** `PATH` for git. */
  readonly path: string;
}

/** Generated text for a plan, and the sources that gave it. */
export interface ObtainedTexts {
  readonly texts: PristineTexts;
  readonly source: { readonly from: SourceKind; readonly to: SourceKind };
}

/**
 * Obtains the two generated projects that a plan goes between and compares them. Versions in between come along as
 * bases where a pack or the cache has them: generating them all would take minutes. Throws as `obtainPair`.
 */
export async function obtainTexts(sources: readonly PristineSource[], request: TextsRequest): Promise<ObtainedTexts> {
  const { start, from, to, path, flags, names } = request;
  const pair = await obtainPair(sources, { version: start, flags, names }, { version: to, flags, names });
  const [old, target] = [pair.from.tree, pair.to.tree];
  const bases = new Map([[start, old], ...(await between(sources, request)), [to, target]]);
  const versions = [...bases.keys()].filter((version) => compareVersions(version, from) >= 0).sort(compareVersions);
  return {
    texts: {
      diff: parseDiff(await gitDiff(old, target, path)),
      old,
      target,
      versions,
      baseText: (file, version) => bases.get(version)?.read(file),
    },
    source: { from: pair.from.kind, to: pair.to.kind },
  };
}

async function between(
  sources: readonly PristineSource[],
  { from, to, flags, names }: TextsRequest,
): Promise<[string, FileTree][]> {
  const found = new Map<string, FileTree>();
  for (const source of sources) {
    const versions = await source.versions();
    const wanted = versions.filter(
      (version) => compareVersions(version, from) >= 0 && compareVersions(version, to) < 0,
    );
    for (const version of wanted) {
      const cheap = source.kind !== 'mix' || version === from;
      if (!cheap || found.has(version)) continue;
      const pristine = await source.project({ version, flags, names });
      if (pristine) found.set(version, pristine.tree);
    }
  }
  return [...found];
}
