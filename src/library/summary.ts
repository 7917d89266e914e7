import type { Detection } from '../facts/detect.ts';
import type { ProjectSummary } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';

/** What a plan and `detect` say of a project. Paths are relative to its root. */
export function summaryOf(project: Project, { origin, flags }: Detection): ProjectSummary {
  const { names, umbrella, web, root } = project;
  const dep = web.mixfile.deps.find(({ name }) => name === 'phoenix');
  const elixir =
    root.mixfile.project.find(({ path }) => path.join('.') === 'elixir') ??
    web.mixfile.project.find(({ path }) => path.join('.') === 'elixir');
  return {
    root: '.',
    app: names.app,
    module: names.module,
    webModule: names.webModule,
    umbrella,
    phoenix: { requirement: dep?.requirement ?? null, locked: project.locked.get('phoenix') ?? null },
    generatedBy: { version: origin.version, confidence: origin.confidence, evidence: origin.evidence },
    flags: flags.map(({ flag, evidence }) => ({ flag, evidence })),
    elixir: elixir?.display.replaceAll('"', '') ?? null,
  };
}
