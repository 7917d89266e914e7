import type { Detection } from '../facts/detect.ts';
import { addedDeps } from '../findings/code/compatibility-deps.ts';
import { findCode } from '../findings/code/find.ts';
import { aliasesIn, namesModuleOf } from '../merge/deps/used.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import type { Workspace } from '../merge/workspace.ts';
import type { Project } from '../project/project.ts';
import { SourceFiles } from '../project/source-files.ts';
import { topicById } from '../topics/catalogue.ts';
import { topicDraft } from './claimed.ts';
import type { Draft } from './draft.ts';
import { factOwnedPaths } from './fact-owned-paths.ts';
import type { Step } from './plan.ts';
import { refreshDraft } from './refresh.ts';
import { type CarriedOutSteps, stepsOf } from './steps.ts';

/** What the last steps of a plan depend on. */
interface Ending {
  readonly project: Project;
  readonly detection: Detection;
  readonly from: string;
  readonly to: string;
  readonly texts: PristineTexts | null;
}

/** Adds the steps that only make sense behind all others: what nothing needs any more, and comments. */
export function finished(ending: Ending, done: CarriedOutSteps): Step[] {
  return [leftoverDraft, commentDraft].reduce((sofar, draftFor) => {
    const draft = draftFor(ending, sofar);
    if (draft === null) return sofar;
    const more = stepsOf([draft], sofar.workspace, sofar.steps);
    return { steps: [...sofar.steps, ...more.steps], workspace: more.workspace };
  }, done).steps;
}

/** Deps that earlier steps added for code that later steps took away. */
function leftoverDraft({ project, from, to }: Ending, { steps, workspace }: CarriedOutSteps): Draft | null {
  const added = addedDeps(steps.flatMap((step) => step.operations));
  if (added.length === 0) return null;
  const sources = new SourceFiles(workspace.tree(), project.sources);
  const needed = new Set(findCode(sources, from, to).findings.map(({ topic }) => topic));
  // Code that a step has rewritten is found no more, and takes the dep's own module.
  const left = added.filter(({ topic, module }) => !needed.has(topic) && !isNamed(module, sources));
  const [first] = left;
  const topic = first && topicById(first.topic);
  if (!topic) return null;
  const gone = steps.filter(({ edits }) => edits.some(({ kind }) => kind === 'delete' || kind === 'rename'));
  return {
    ...topicDraft(topic, []),
    id: 'compatibility-deps',
    title: `Remove ${left.map(({ dep }) => dep).join(', ')} once nothing needs it`,
    why: 'Once the steps before this one are done, none of your code uses what an earlier step kept working.',
    need: 'cosmetic',
    risk: 'review',
    after: [...left.map((one) => one.topic), ...gone.map(({ id }) => id)],
    operations: left.map(({ dep }) => ({ kind: 'remove-dep', path: project.web.path, dep })),
  };
}

/** Whether code or a template names a module, or one below it. */
function isNamed(module: string, sources: SourceFiles): boolean {
  return sources.tree.paths.some((path) => {
    const text = /\.(?:exs?|[hl]?eex)$/.test(path) ? sources.tree.read(path) : undefined;
    if (!text?.includes(module)) return false;
    const source = /\.exs?$/.test(path) ? sources.get(path) : undefined;
    return !source || namesModuleOf(aliasesIn(source.body), module);
  });
}

/** The target's exact text of files that nobody touched, where there is text. */
function commentDraft(
  { project, detection, texts }: Ending,
  { steps, workspace }: { readonly steps: readonly Step[]; readonly workspace: Workspace },
): Draft | null {
  if (texts === null) return null;
  // The router and the dispatch module are brought up definition by definition too.
  const paths = factOwnedPaths(project, false);
  return refreshDraft(project, detection.history, { target: texts.target, paths, steps, after: workspace });
}
