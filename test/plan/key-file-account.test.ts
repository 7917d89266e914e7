import { expect, test } from 'vitest';
import { planWithText } from '../support/customized.ts';
import { describePristine } from '../support/pristine.ts';

describePristine('a hunk of a key file that no fact states', () => {
  const asked = { from: '1.5.14', to: '1.6.16' };
  const own = (text: string) => `${text}\nconfig :sample_app, greeting: "moin"\n`;

  test('counts as taken up where a step brings its lines into a file that the user changed', async () => {
    const { plan } = await planWithText(asked, { 'config/test.exs': own });
    expect(plan.steps.flatMap(({ edits }) => edits.map(({ patch }) => patch)).join()).toContain('+import Config');
    const left = plan.account.leftOut.filter(({ path, reason }) => path === 'config/test.exs' && reason === 'yours');
    expect(left).toEqual([]);
  });
  test('is the user’s where the file goes on saying it otherwise', async () => {
    const binding = (text: string) => text.replaceAll('database_url', 'address');
    const { plan } = await planWithText({ from: '1.7.0', to: '1.8.12' }, { 'config/runtime.exs': binding });
    const left = plan.account.leftOut.filter(({ path }) => path === 'config/runtime.exs');
    expect(left.every(({ reason }) => reason !== 'declined')).toBe(true);
    const { hunks, covered, leftOut } = plan.account;
    expect(hunks).toBe(covered + leftOut.reduce((sum, one) => sum + one.hunks, 0));
  });
});
