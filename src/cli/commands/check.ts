import { readFileSync } from 'node:fs';
import { UpgradeError } from '../../errors/error.ts';
import { type CheckOutcome, passes } from '../../library/outcome.ts';
import { jsonText } from '../../plan/escape.ts';
import type { Plan, Step } from '../../plan/plan.ts';
import { isOpen, requiredOpen } from '../../plan/sections.ts';
import { compareVersions, isStable } from '../../pristine/versions.ts';
import { checkText } from '../../report/text/outcome.ts';
import type { CommandRun } from '../invocation.ts';
import { formatOf, renderPlan } from '../plan-output.ts';
import { openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const { options } = invocation;
  const known = options.baseline === undefined ? new Set<string>() : await openBefore(options.baseline);
  const minimum = options.minVersion === undefined ? null : fullVersion(options.minVersion);
  const upgrade = await openFor(invocation, cli);
  const counted = options.allSteps ? upgrade.plan.steps.filter(isOpen) : requiredOpen(upgrade.plan);
  const steps = counted.filter(({ id }) => !known.has(id));
  const outcome = { plan: upgrade.plan, steps, tooOld: minimum === null ? null : tooOld(upgrade.plan, minimum) };
  const exit = passes(outcome) ? 0 : 1;
  const format = formatOf(options);
  if (format === 'json') {
    const { checkDocument } = await import('../../report/document/plan-document.ts');
    return { text: jsonText(checkDocument(outcome, cli.version)), exit };
  }
  if (format !== 'github') return { text: checkText(outcome, cli.layout), exit };
  return { text: await renderPlan(onlySteps(outcome.plan, steps), upgrade, format, cli), exit };
};

function onlySteps(plan: Plan, steps: readonly Step[]): Plan {
  return { ...plan, steps, findings: [] };
}

/** `1.7` means 1.7.0. Throws `unknown-version`. */
function fullVersion(text: string): string {
  const version = /^\d+\.\d+$/.test(text) ? `${text}.0` : text;
  const hint = 'Give --min-version a version such as 1.7.14, or a minor such as 1.7.';
  if (!isStable(version)) throw new UpgradeError('unknown-version', { version: text, hint });
  return version;
}

/** A project without a lock cannot show that it is new enough. */
function tooOld({ project }: Plan, minimum: string): CheckOutcome['tooOld'] {
  const { locked } = project.phoenix;
  const isEnough = locked !== null && compareVersions(locked.replace(/[-+].*$/, ''), minimum) >= 0;
  return isEnough ? null : { locked, minimum };
}

/** Ids of the steps that were open when a plan was saved. Throws `bad-baseline`. */
async function openBefore(path: string): Promise<Set<string>> {
  const { planSchema } = await import('../../report/document/plan.ts');
  const parsed = planSchema.safeParse(jsonOf(path));
  if (!parsed.success) throw new UpgradeError('bad-baseline', { path, reason: 'it is no document of schema plan@1' });
  const open = new Set(['pending', 'conflict', 'manual', 'needs-source']);
  return new Set(parsed.data.steps.filter(({ status }) => open.has(status)).map(({ id }) => id));
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    throw new UpgradeError('bad-baseline', { path, reason: code ?? 'it is no JSON' }, error);
  }
}
