import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheOf } from '../library/run-environment.ts';
import type { Plan } from '../plan/plan.ts';
import { keyOf } from '../project/state-directory.ts';
import type { CommandContext } from './invocation.ts';
import { runEnvironmentOf } from './upgrade.ts';

/**
 * Keeps the ids of a plan that a person was shown, for shells to complete: nothing is planned for a press of a key. They lie in the cache;
 * where that cannot be written, completion does without.
 */
export function keepShownSteps(root: string, { steps }: Plan, cli: CommandContext): void {
  if (!cli.context.stdout.isTerminal) return;
  const path = pathOf(root, cli);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, steps.map(({ id }) => `${id}\n`).join(''));
  } catch {
    // Completion is a convenience.
  }
}

/** The ids of the plan that was shown last; none where none was. */
export function shownSteps(root: string, cli: CommandContext): readonly string[] {
  try {
    return readFileSync(pathOf(root, cli), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function pathOf(root: string, cli: CommandContext): string {
  return join(cacheOf(runEnvironmentOf(cli)), 'shown', `${keyOf(root)}.txt`);
}
