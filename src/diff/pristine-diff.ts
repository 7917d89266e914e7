import { type DroppedFlag, flagsFor } from '../pristine/flags.ts';
import type { GeneratorCall } from '../pristine/generator-call.ts';
import { gitDiff } from '../pristine/git-diff.ts';
import { namesOf } from '../pristine/naming.ts';
import { obtainGenerated, obtainPair } from '../pristine/sources/select.ts';
import type { Pristine, PristineKind, PristineRequest, PristineSource } from '../pristine/sources/source.ts';
import { type FileTree, filteredTree } from '../project/tree.ts';
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
  /** Generators that run in both projects; then the files that they write are compared. */
  readonly calls?: readonly GeneratorCall[];
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
  const requests = [from, to].map((version) => ({ version, flags, names })) as [PristineRequest, PristineRequest];
  const calls = request.calls ?? [];
  const pair =
    calls.length > 0 ? await generatedPair(sources, requests, calls) : await obtainPair(sources, ...requests);
  const diff = await compareTrees(pair.from.tree, pair.to.tree, request.path);
  return {
    from: sideOf(from, flags, pair.from),
    to: sideOf(to, flags, pair.to),
    diff: including(diff, request.include),
  };
}

/** Both projects after the generators, each with the files that a generator wrote in either. */
async function generatedPair(
  sources: readonly PristineSource[],
  [from, to]: [PristineRequest, PristineRequest],
  calls: readonly GeneratorCall[],
): Promise<{ from: Pristine; to: Pristine }> {
  const old = await obtainGenerated(sources, { ...from, calls });
  const target = await obtainGenerated(sources, { ...to, calls, toolchain: old.toolchain });
  const written = new Set([...old.written, ...target.written]);
  const narrowed = (made: Pristine): Pristine => ({
    ...made,
    tree: filteredTree(made.tree, (path) => written.has(path)),
  });
  return { from: narrowed(old), to: narrowed(target) };
}

function sideOf(version: string, flags: readonly string[], { kind, toolchain }: Pristine): DiffSide {
  return { version, source: kind, toolchain, dropped: flagsFor(version, flags).dropped };
}

const texts = { patch: unifiedDiff, stat: diffStat, 'name-only': nameOnly };

/** The text that `diff` prints: the patch itself, `--stat` or `--name-only`. */
export function diffText(diff: TreeDiff, form: keyof typeof texts): string {
  return texts[form](diff);
}
