import { type DroppedFlag, flagsFor } from '../pristine/flags.ts';
import { gitDiff } from '../pristine/git-diff.ts';
import { namesOf } from '../pristine/naming.ts';
import { obtainPair } from '../pristine/sources/select.ts';
import type { Pristine, PristineKind, PristineSource } from '../pristine/sources/source.ts';
import type { FileTree } from '../project/tree.ts';
import { parseDiff } from './parse-diff.ts';
import { diffStat, nameOnly } from './summary.ts';
import { including, type TreeDiff } from './tree-diff.ts';
import { unifiedDiff } from './unified.ts';

/** What `phx-upgrade diff FROM TO [-- FLAGS]` asks for. */
export interface DiffRequest {
  /** Full versions, resolved. */
  readonly from: string;
  readonly to: string;
  readonly flags: readonly string[];
  readonly names: { readonly app?: string; readonly module?: string; readonly webModule?: string };
  /** Paths whose files alone are wanted; none for all. */
  readonly include: readonly string[];
  /** `PATH` of the environment, to find git. */
  readonly path: string | undefined;
}

/** One side of a diff: where it came from, and which flags it could not take. */
export interface DiffSide {
  readonly version: string;
  readonly source: PristineKind;
  readonly toolchain: string | null;
  readonly dropped: readonly DroppedFlag[];
}

/** What changed between two pristine projects. */
export interface PristineDiff {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly diff: TreeDiff;
}

/** What git says about two trees, as data; `path` is where git is looked for. Throws `no-git`. */
export async function compareTrees(from: FileTree, to: FileTree, path: string | undefined): Promise<TreeDiff> {
  return parseDiff(await gitDiff(from, to, path));
}

/** What changed between the generated projects of two versions. Throws what `obtainPair` and `gitDiff` throw. */
export async function pristineDiff(sources: readonly PristineSource[], request: DiffRequest): Promise<PristineDiff> {
  const { flags, from, to } = request;
  const names = namesOf(request.names.app ?? 'sample_app', flags, request.names);
  const pair = await obtainPair(sources, { version: from, flags, names }, { version: to, flags, names });
  const diff = await compareTrees(pair.from.tree, pair.to.tree, request.path);
  return {
    from: sideOf(from, flags, pair.from),
    to: sideOf(to, flags, pair.to),
    diff: including(diff, request.include),
  };
}

function sideOf(version: string, flags: readonly string[], { kind, toolchain }: Pristine): DiffSide {
  return { version, source: kind, toolchain, dropped: flagsFor(version, flags).dropped };
}

const texts = { patch: unifiedDiff, stat: diffStat, 'name-only': nameOnly };

/** The text that `diff` prints: the patch itself, `--stat` or `--name-only`. */
export function diffText(diff: TreeDiff, form: keyof typeof texts): string {
  return texts[form](diff);
}
