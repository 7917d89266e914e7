import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import { applySteps } from '../../src/library/apply.ts';
import { openUpgrade, type Upgrade } from '../../src/library/open.ts';
import { afterSteps, editsBetween } from '../../src/library/step-edits.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { chooseSteps } from '../../src/plan/choose.ts';
import { joinedPatches } from '../../src/report/patch.ts';
import { plainEnvironment } from './built.ts';
import { fixtureNames, repository, treeOf } from './fixture.ts';

function open(directory: string): Promise<Upgrade> {
  const environment = { env: { ...plainEnvironment }, platform: process.platform, progress: () => undefined };
  return openUpgrade(directory, { source: 'snapshots' }, environment);
}

/** What `plan --step … --format patch` prints, put into the files by git. */
function asShown(directory: string, { loaded, plan }: Upgrade, steps: readonly string[]) {
  const before = new Workspace(loaded.project.tree);
  const after = afterSteps(before, chooseSteps(plan, { steps: [...steps] }).steps);
  const input = joinedPatches(editsBetween(before, after));
  if (input !== '') execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: directory, input });
  return treeOf(directory);
}

async function asApplied(directory: string, steps: readonly string[]) {
  const cache = join(plainEnvironment.XDG_CACHE_HOME ?? '', 'phx-upgrade');
  await applySteps(await open(directory), { steps: [...steps] }, { machine: localMachine(), root: directory, cache });
  return treeOf(directory);
}

describe.each(fixtureNames)('what is shown of steps of %s', async (name) => {
  const { plan } = await open(repository(name));
  const pending = plan.steps.filter(({ status, edits }) => status === 'pending' && edits.length > 0);
  const ids = pending.map(({ id }) => id);

  test('is, byte for byte, what apply writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }), async (steps) => {
        const [shown, written] = [repository(name), repository(name)];
        expect(await asApplied(written, steps)).toEqual(asShown(shown, await open(shown), steps));
      }),
      { numRuns: 4 },
    );
  });
});
