import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { variantHistory } from '../../scripts/topics-coverage.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { compareVersions } from '../../src/pristine/versions.ts';
import { type Erratum, errata } from '../../src/topics/errata-data.ts';
import { describePristine, pristineRoot, pristineTree, readTree } from '../support/pristine.ts';
import { planOf } from '../support/projects.ts';

const { versions } = variantHistory('default');
const newest = versions.at(-1) ?? '';

const plans = new Map<string, Plan>();

/** The plan for a generated project, with what mix phx.gen.release of that version adds. Made once: several errata ask for it. */
function planFrom(from: string, variant: string, to: string): Plan {
  const key = `${from} ${variant} ${to}`;
  const plan = plans.get(key) ?? madePlan(from, variant, to);
  plans.set(key, plan);
  return plan;
}

function madePlan(from: string, variant: string, to: string): Plan {
  const release = join(pristineRoot(), 'releases', from);
  const files = [pristineTree(from, variant), ...(existsSync(release) ? [readTree(release)] : [])];
  const entries = files.flatMap((one) => one.paths.map((path) => [path, one.read(path) ?? ''] as const));
  return planOf(Object.fromEntries(entries), { from, to });
}

/** The versions of the pack that generate a mistake, and the last one before them. */
function around({ since, until }: Erratum, variant: string) {
  const known = versions.filter((one) => existsSync(join(pristineRoot(), 'pristine', one, variant)));
  const wrong = known.filter((one) => compareVersions(one, since) >= 0 && (!until || compareVersions(one, until) < 0));
  return { before: known.filter((one) => compareVersions(one, since) < 0).at(-1), wrong };
}

const cases = errata.map((one) => {
  const variant = one.umbrella ? 'umbrella' : 'default';
  return { name: `${one.topic}: ${one.caution.slice(0, 60)}`, one, variant };
});

describePristine('what the generator got wrong', () => {
  test.each(cases)('comes with a caution, never as safe: $name', ({ one, variant }) => {
    const { before, wrong } = around(one, variant);
    // The pack begins within the versions that left Plug.RequestId out.
    if (before === undefined) return expect(one.topic).toBe('request-id');
    const plan = planFrom(before, variant, wrong[0] ?? '');
    // A requirement that allows more than the target's is left alone.
    if (one.topic === 'phoenix-patch')
      return expect(plan.steps.find(({ id }) => id === one.topic)?.status).toBe('done');
    const steps = plan.steps.filter(({ why }) => why.includes(one.caution));
    expect(steps.map(({ id }) => id.replace(/-(?:files|by-hand)$/, ''))).toEqual([one.topic]);
    for (const { risk } of steps) expect(risk).not.toBe('safe');
  });

  test.each(cases.filter(({ one }) => !one.onlyAsChange))('is found where an app has it: $name', ({ one, variant }) => {
    for (const version of [around(one, variant).wrong.at(0), around(one, variant).wrong.at(-1)]) {
      if (version === newest) continue;
      const { steps } = planFrom(version ?? '', variant, newest);
      const found = steps.flatMap(({ id, findings }) =>
        findings.filter(({ message }) => message === one.caution).map((finding) => ({ id, ...finding })),
      );
      expect(found.map(({ id, path, line }) => ({ id, isPlace: path !== '' && line > 0 }))).toEqual([
        { id: one.topic, isPlace: true },
      ]);
    }
  });

  test('a layout of 1.5 without CSRF token is found', () => {
    const step = planFrom('1.5.15', 'default', newest).steps.find(({ id }) => id === 'csrf-meta-tag');
    expect(step?.findings.map(({ path }) => path)).toEqual(['lib/sample_app_web/templates/layout/app.html.eex']);
  });
});
