import { compareTrees } from '../diff/pristine-diff.ts';
import { UpgradeError } from '../errors/error.ts';
import type { CodeTexts } from '../generated/texts.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import { planStart } from '../plan/input.ts';
import type { SourceKind } from '../plan/plan.ts';
import { obtain, obtainPair } from '../pristine/sources/select.ts';
import type { PristineRequest, PristineSource, Progress } from '../pristine/sources/source.ts';
import { compareVersions, releaseLine } from '../pristine/versions.ts';
import type { FileTree } from '../project/tree.ts';
import { codeTexts } from './generated-code.ts';
import type { LoadedProject } from './load.ts';
import { readableByProject } from './toolchain-text.ts';

/** Generated text for one plan, and where each side came from. */
export interface GeneratedTexts {
  readonly source: { readonly from: SourceKind; readonly to: SourceKind };
  readonly texts: PristineTexts;
  /** What other generators wrote whose code the project has. */
  readonly code: readonly CodeTexts[];
}

/** The two versions whose text is wanted. */
export interface TextSpan {
  /** Version that the plan's changes are counted from. */
  readonly start: string;
  readonly to: string;
}

/** Where text for a plan is looked for. */
export interface TextSearch extends TextSpan {
  readonly sources: readonly PristineSource[];
  /** `PATH` of the environment, to find git. */
  readonly path: string | undefined;
  readonly progress: Progress;
}

/**
 * The text that the generator wrote for a project's flags and names, from the version that its plan starts at to the
 * target. What the project stems from is looked for too, for files that no plan has brought on since. Throws what
 * `obtainPair` and `compareTrees` throw.
 */
export async function generatedTexts(
  { project, detection }: LoadedProject,
  search: TextSearch,
): Promise<GeneratedTexts> {
  const flags = detection.flags.map(({ flag }) => flag);
  const { start } = search;
  const oldest = planStart(detection, start);
  const request = (version: string): PristineRequest => ({ version, flags, names: project.names });
  const { from, to } = await obtainPair(search.sources, request(start), request(search.to), search.progress);
  const between = [
    ...(oldest === start ? [] : [oldest]),
    ...linesBetween(oldest, search.to, detection.history.versions).filter((version) => version !== start),
  ];
  const others = await Promise.all(
    between.map(async (version) => [version, await atHand(search.sources, request(version))] as const),
  );
  const readable = readableByProject(project);
  const [old, target] = [readable(from.tree), readable(to.tree)];
  const trees = new Map([
    ...others.map(([version, tree]) => [version, tree && readable(tree)] as const),
    [start, old] as const,
    [search.to, target] as const,
  ]);
  const code = await codeTexts(project, { sources: search.sources, request: request(search.to), project: target });
  return {
    source: { from: from.kind, to: to.kind },
    code: code.map((one) => readableCode(one, readable)),
    texts: {
      diff: await compareTrees(old, target, search.path),
      old,
      target,
      versions: [...trees].flatMap(([version, tree]) => (tree === null ? [] : [version])).sort(compareVersions),
      baseText: (path, version) => trees.get(version)?.read(path),
    },
  };
}

function readableCode(code: CodeTexts, readable: (tree: FileTree) => FileTree): CodeTexts {
  const stages = code.stages.map((stage) => ({
    ...stage,
    base: { ...stage.base, tree: readable(stage.base.tree) },
    target: { ...stage.target, tree: readable(stage.target.tree) },
  }));
  return { ...code, stages };
}

/** The last version of each release line on the way: most apps were brought up to those. */
function linesBetween(from: string, to: string, versions: readonly string[]): string[] {
  const inside = versions.filter((version) => compareVersions(version, from) > 0 && compareVersions(version, to) < 0);
  return inside.filter((version, index) => releaseLine(version) !== releaseLine(inside[index + 1] ?? ''));
}

/** A project that need not be generated first; null where there is none: it only makes merges finer. */
async function atHand(sources: readonly PristineSource[], request: PristineRequest): Promise<FileTree | null> {
  try {
    const kept = sources.filter(({ kind }) => kind !== 'mix' && kind !== 'hex');
    return (await obtain(kept, request)).tree;
  } catch (error) {
    if (error instanceof UpgradeError && error.code === 'no-pristine-project') return null;
    throw error;
  }
}
