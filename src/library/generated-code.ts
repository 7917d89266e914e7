import { UpgradeError } from '../errors/error.ts';
import { callsOf } from '../generated/calls.ts';
import { findGenerated, type GeneratedCode } from '../generated/find.ts';
import { canHold } from '../generated/needs.ts';
import { isWorthStep } from '../generated/said.ts';
import { type Stage, stagesOf } from '../generated/stages.ts';
import { type CodeTexts, codeKey, type StageTexts } from '../generated/texts.ts';
import { shippedGenerated } from '../pristine/generated-history.ts';
import { readCall } from '../pristine/generator-call.ts';
import { obtainWritten } from '../pristine/sources/select.ts';
import type { GeneratorRequest, PristineRequest, PristineSource, Written } from '../pristine/sources/source.ts';
import type { Project } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';

/** What the generators' text is made in: the target's project under the app's own names. */
export interface CodeSearch {
  readonly sources: readonly PristineSource[];
  readonly request: PristineRequest;
  readonly project: FileTree;
}

/** Phoenix that the package apart is run with: the last 1.5. */
const phoenixOfPackage = '1.5.14';

/**
 * What the generators whose code a project has write at each stage of its way to the target. Code whose text cannot be had is
 * left out: what is known by hashes is said all the same. Throws `interrupted`.
 */
export async function codeTexts(
  { tree, names }: Pick<Project, 'tree' | 'names'>,
  search: CodeSearch,
): Promise<CodeTexts[]> {
  const texts: CodeTexts[] = [];
  for (const code of findGenerated(tree, names, shippedGenerated)) {
    const worth = stagesOf(code, search.request.version).filter((stage) => isWorth(code, stage, tree));
    const stages = await stageTexts(worth, (version) => callsOf(code, { tree, names, version }), search);
    if (stages.length > 0) texts.push({ key: codeKey(code), stages });
  }
  return texts;
}

type CallsAt = (version: string) => readonly string[];

/** A login is brought from design to design; of a context no text is asked for that would bring nothing. */
function isWorth(code: GeneratedCode, stage: Stage, tree: FileTree): boolean {
  return code.codes[0].generator.marks !== null || (isWorthStep(code, stage) && canHold(code, stage, tree));
}

async function stageTexts(stages: readonly Stage[], calls: CallsAt, search: CodeSearch): Promise<StageTexts[]> {
  const written = new Map<string, Written>();
  const texts: StageTexts[] = [];
  try {
    for (const stage of stages) {
      for (const version of [stage.from, stage.to]) {
        if (written.has(version)) continue;
        const request = requestFor(calls, version, search.request);
        written.set(version, await obtainWritten(search.sources, search.project, request));
      }
      const [base, target] = [written.get(stage.from), written.get(stage.to)];
      if (base && target) texts.push({ ...stage, project: search.project, base, target });
    }
  } catch (error) {
    if (!(error instanceof UpgradeError) || error.exit !== 3 || error.code === 'interrupted') throw error;
  }
  return texts;
}

function requestFor(calls: CallsAt, label: string, request: PristineRequest): GeneratorRequest {
  const version = /^\d/.test(label) ? label : phoenixOfPackage;
  const own = version === label ? {} : { apart: label.replace(/^\S+ /, '') };
  return { ...request, version, calls: calls(version).map(readCall), ...own };
}
