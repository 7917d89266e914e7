import type { z } from 'zod';
import type { Account } from '../../diff/account.ts';
import type { StatedVersion, StatedVersions } from '../../findings/deployment/versions.ts';
import type { Blocker } from '../../packages/blockers.ts';
import type { PhaseId } from '../../plan/phases.ts';
import { areas, type FileEdit, type Finding, type Plan, type ProjectSummary, type Step } from '../../plan/plan.ts';
import { statusCounts } from '../../plan/sections.ts';
import type {
  accountSchema,
  blockerSchema,
  editSchema,
  findingSchema,
  matrixSchema,
  projectSchema,
  stepSchema,
  summarySchema,
} from './parts.ts';

/** Inner values → the published shapes, key by key, so that an inner change never changes a document unseen. */

export function projectValue(project: ProjectSummary): z.infer<typeof projectSchema> {
  const { phoenix, generatedBy } = project;
  return {
    root: project.root,
    app: project.app,
    module: project.module,
    webModule: project.webModule,
    umbrella: project.umbrella,
    phoenix: { requirement: phoenix.requirement, locked: phoenix.locked },
    generatedBy: {
      version: generatedBy.version,
      confidence: generatedBy.confidence,
      evidence: [...generatedBy.evidence],
    },
    flags: project.flags.map(({ flag, evidence }) => ({ flag, evidence })),
    elixir: project.elixir,
  };
}

export function summaryValue(plan: Plan): z.infer<typeof summarySchema> {
  const byArea = areas
    .map((area) => [area, plan.steps.filter((step) => step.area === area).length] as const)
    .filter(([, steps]) => steps > 0);
  return { steps: plan.steps.length, ...statusCounts(plan), byArea: Object.fromEntries(byArea) };
}

export function accountValue(account: Account): z.infer<typeof accountSchema> {
  const leftOut = account.leftOut.map(({ path, hunks, reason }) => ({ path, hunks, reason }));
  return { hunks: account.hunks, covered: account.covered, leftOut };
}

export function blockerValue(blocker: Blocker): z.infer<typeof blockerSchema> {
  const { package: name, locked, cause, requires, liftedBy, at } = blocker;
  return {
    package: name,
    locked,
    cause,
    requires: requires.map((dep) => ({ package: dep.name, requirement: dep.requirement })),
    liftedBy,
    at: { path: at.path, line: at.line },
  };
}

export function findingValue({ path, line, message }: Finding): z.infer<typeof findingSchema> {
  return { path, line, message };
}

function editValue(edit: FileEdit): z.infer<typeof editSchema> {
  const { path, kind, from, patch } = edit;
  return { path, kind, ...(from === undefined ? {} : { from }), patch };
}

export function stepValue(step: Step, phase?: PhaseId): z.infer<typeof stepSchema> {
  const { id, title, why, docs, since, area, need, backlog, status, risk } = step;
  return {
    ...{ id, title, why, docs, since, area, need, backlog, status, risk },
    ...(phase === undefined ? {} : { phase }),
    after: [...step.after],
    ...(step.together?.length ? { together: [...step.together] } : {}),
    ...(step.heldBy?.length ? { heldBy: step.heldBy.map(findingValue) } : {}),
    changes: step.changes.map(({ address, verdict, base, yours, target, at, note }) => ({
      ...{ address, verdict, base, yours, target },
      at: at && { path: at.path, line: at.line },
      ...(note === undefined ? {} : { note }),
    })),
    edits: step.edits.map(editValue),
    conflicts: step.conflicts.map(({ address, path, line, base, yours, target }) => ({
      ...(address === undefined ? {} : { address }),
      ...{ path, line, base, yours, target },
    })),
    commands: [...step.commands],
    findings: step.findings.map(findingValue),
    ...(step.rewrites === undefined ? {} : { rewrites: rewritesValue(step.rewrites) }),
  };
}

function rewritesValue({ rewritten, left }: NonNullable<Step['rewrites']>) {
  return { rewritten, left: left.map(findingValue) };
}

export function matrixValue(matrix: readonly StatedVersions[]): z.infer<typeof matrixSchema> {
  const place = ({ path, line }: StatedVersion) => ({ path, line });
  return matrix.map(({ software, places, disagreements }) => ({
    software,
    places: places.map((stated) => ({ ...place(stated), version: stated.version, range: stated.range })),
    disagreements: disagreements.map(([one, other]) => [place(one), place(other)]),
  }));
}
