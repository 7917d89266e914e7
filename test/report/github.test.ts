import { describe, expect, test } from 'vitest';
import { githubCommands, githubSummary } from '../../src/report/github.ts';
import { dangerous, largePlan, plans, richPlan, settledPlan } from '../support/plans.ts';

const commandForm = /^::(error|warning|notice) (file=[^:,\n]*,line=\d+,)?title=[^:,\n]*::[^\n]+$/;

describe('annotations', () => {
  const lines = githubCommands(richPlan).trimEnd().split('\n');

  test('name file and line of findings and conflicts', () => {
    expect(lines).toContain(
      '::error file=config/runtime.exs,line=31,title=phx-upgrade%3A force-ssl-compile-time::' +
        'force_ssl is read when the app is compiled',
    );
    expect(lines.some((line) => line.startsWith('::warning file=lib/shop_web/endpoint.ex,line=9,'))).toBe(true);
    expect(lines.some((line) => line.startsWith('::warning file=Dockerfile,line=1,'))).toBe(true);
  });

  test('a required step without a finding is shown where it edits', () => {
    expect(lines[0]).toBe(
      '::error file=mix.exs,line=3,title=phx-upgrade%3A elixir-requirement::' +
        'Elixir 1.12 → 1.15 in mix.exs; CI and Dockerfile agree',
    );
  });

  test('errors come first', () => {
    const levels = lines.map((line) => line.split(' ')[0]);
    expect(levels).toEqual(levels.toSorted());
  });

  test.each(Object.keys(plans))('%s: every line is one command, whatever the project says', (name) => {
    const commands = githubCommands(plans[name]!);
    for (const line of commands.split('\n').filter(Boolean)) expect(line).toMatch(commandForm);
    expect(commands).not.toMatch(dangerous);
  });

  test('a settled project has none', () => {
    expect(githubCommands(settledPlan)).toBe('');
  });
});

describe('job summary', () => {
  test('has a row for each required and recommended step, and the account', () => {
    const summary = githubSummary(richPlan);
    expect(summary).toContain('## shop: Phoenix 1.6.16 → 1.8.12\n\n**2 required steps open.**\n\n### Required\n');
    expect(summary).toContain(
      '| endpoint\\-session | you changed session options: see the three versions | conflict |',
    );
    expect(summary).toContain('118 changes between the two generators: 110 in these steps');
  });

  test('shows hostile text as text, in one row', () => {
    const summary = githubSummary(richPlan);
    expect(summary).not.toMatch(dangerous);
    expect(summary).not.toContain('<script');
    const rows = summary.split('\n').filter((line) => line.startsWith('| greeting'));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.replaceAll('\\|', '').split('|')).toHaveLength(6);
  });

  test('stays below what GitHub takes, and says what it leaves out', () => {
    const summary = githubSummary(largePlan(20_000));
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toMatch(/… and \d+ more\./);
  });

  test('says so when nothing is required', () => {
    expect(githubSummary(settledPlan)).toContain('Nothing required is open.');
  });
});
