import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planWithText } from '../support/customized.ts';
import { describePristine } from '../support/pristine.ts';

const sheet = 'assets/css/app.css';
const planWith = async (css: (text: string) => string) =>
  (await planWithText({ from: '1.7.21', to: '1.8.12' }, { [sheet]: css })).plan;
const verdictOf = (plan: Awaited<ReturnType<typeof planWith>>) =>
  plan.steps.flatMap(({ changes }) => changes).find(({ address }) => address === `file/${sheet}`)?.verdict;

describePristine('a style sheet with lines of a team’s own', () => {
  test('moves to Tailwind 4 as long as it imports the parts of Tailwind 3', async () => {
    const plan = await planWith((text) => `${text}\n.harbour { max-width: 60rem; }\n`);
    expect(verdictOf(plan)).toBe('pending');
    // The new sheet imports what the compiler of LiveView writes.
    const { after = [], together = [] } = expectStep(plan, 'tailwind-4', {});
    expect([...after, ...together]).toContain('colocated-hooks');
  });

  test('stays where it imports Tailwind 4 already', async () => {
    expect(verdictOf(await planWith(() => '@import "tailwindcss";\n\n.harbour { max-width: 60rem; }\n'))).toBe(
      'declined',
    );
    const parts = '@import "tailwindcss/theme.css";\n@import "tailwindcss/utilities.css";\n';
    expect(verdictOf(await planWith(() => parts))).toBe('declined');
  });
});
