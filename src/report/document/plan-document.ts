import { type CheckOutcome, passes } from '../../library/outcome.ts';
import { phaseOfSteps, phasesOf } from '../../plan/phases.ts';
import type { Plan } from '../../plan/plan.ts';
import { opening } from './opening.ts';
import type { CheckDocument, PlanDocument } from './plan.ts';
import {
  accountValue,
  blockerValue,
  findingValue,
  matrixValue,
  projectValue,
  stepValue,
  summaryValue,
} from './values.ts';

/** What `plan --json` prints: the plan without its operations, which are no contract. */
export function planDocument(plan: Plan, toolVersion: string): PlanDocument {
  const phases = phaseOfSteps(plan);
  return {
    ...opening('plan'),
    tool: { version: toolVersion },
    project: projectValue(plan.project),
    from: plan.from,
    to: plan.to,
    upgrade: upgradeValue(plan.upgrade),
    source: { from: plan.source.from, to: plan.source.to },
    summary: summaryValue(plan),
    blocked: plan.blocked.map(blockerValue),
    reachable: plan.reachable,
    agreement: { facts: plan.agreement.facts, files: plan.agreement.files },
    account: accountValue(plan.account),
    matrix: matrixValue(plan.matrix),
    phases: phasesOf(plan).map(({ id, title, steps, check }) => ({ id, title, steps: [...steps], check: [...check] })),
    steps: plan.steps.map((step) => stepValue(step, phases.get(step.id))),
    findings: plan.findings.map(findingValue),
    commands: [...plan.commands],
  };
}

function upgradeValue(upgrade: Plan['upgrade']): PlanDocument['upgrade'] {
  if (upgrade === undefined) return null;
  const { origin, start, done, of, marks } = upgrade;
  return { origin, start, done, of, marks: marks.map(({ step, as, why }) => ({ step, as, why })) };
}

/** What `check --json` prints. */
export function checkDocument(outcome: CheckOutcome, toolVersion: string): CheckDocument {
  const { plan, steps, tooOld } = outcome;
  return {
    ...opening('check'),
    tool: { version: toolVersion },
    from: plan.from,
    to: plan.to,
    blocked: plan.blocked.map(blockerValue),
    reachable: plan.reachable,
    ok: passes(outcome),
    summary: summaryValue(plan),
    open: steps.map(({ id, title, need, status, risk }) => ({ id, title, need, status, risk })),
    tooOld: tooOld && { locked: tooOld.locked, minimum: tooOld.minimum },
  };
}
