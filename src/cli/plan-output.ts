import { appendFileSync } from 'node:fs';
import type { Upgrade } from '../library/open.ts';
import { jsonText } from '../plan/escape.ts';
import type { Plan } from '../plan/plan.ts';
import { gitOutput } from '../project/git.ts';
import type { CommandContext } from './invocation.ts';
import type { Options } from './options.ts';

type Format = NonNullable<Options['format']>;

/** A plan as a document, a page or annotations. What renders it is loaded when it is asked for. */
export async function renderPlan(
  plan: Plan,
  { loaded }: Upgrade,
  format: Exclude<Format, 'text' | 'patch'>,
  cli: CommandContext,
): Promise<string> {
  switch (format) {
    case 'json': {
      const { planDocument } = await import('../report/document/plan-document.ts');
      return jsonText(planDocument(plan, cli.version));
    }
    case 'html': {
      const { planHtml } = await import('../report/html/page.ts');
      return planHtml(plan, cli.version);
    }
    case 'github':
      return annotations(plan, loaded.root, cli);
    case 'sarif': {
      const { planSarif } = await import('../report/sarif.ts');
      return jsonText(planSarif(await fromTop(plan, loaded.root), cli.version));
    }
  }
}

/** Workflow commands; the job summary goes to the file that `GITHUB_STEP_SUMMARY` names. */
async function annotations(plan: Plan, root: string, { context }: CommandContext): Promise<string> {
  const { githubCommands, githubSummary } = await import('../report/github.ts');
  const summary = context.env.GITHUB_STEP_SUMMARY;
  if (summary) appendFileSync(summary, githubSummary(plan));
  return githubCommands(await fromTop(plan, root));
}

/** The plan with paths as the repository's top sees them. */
async function fromTop(plan: Plan, root: string): Promise<Plan> {
  const { seenFromAbove } = await import('../report/place.ts');
  const prefix = (await gitOutput(root, ['rev-parse', '--show-prefix']))?.trim().replace(/\/$/, '') ?? '';
  return seenFromAbove(plan, prefix);
}

/** The format asked for; `--json` is short for one. */
export function formatOf({ json, format }: Options): Format {
  return json ? 'json' : (format ?? 'text');
}
