import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { applyPatch } from 'diff';
import { describe, expect, test } from 'vitest';
import { jsonText } from '../../src/plan/escape.ts';
import { isWebAddress, planSarif } from '../../src/report/sarif.ts';
import { dangerous, edit, plans, projectFiles, richPlan, step } from '../support/plans.ts';

/** The official schema is draft 4, where `id` stands for `$id`; it uses no other word that changed since. */
function officialSchema(): object {
  const {
    id: _,
    $schema: __,
    ...schema
  } = JSON.parse(readFileSync(new URL('./data/sarif-2.1.0.json', import.meta.url), 'utf8'));
  return schema;
}

const ajv = new Ajv({ strict: false, unicodeRegExp: false });
// The package is CommonJS; its types name the function `default`.
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const validate = ajv.compile(officialSchema());

const results = (log: ReturnType<typeof planSarif>) => log.runs[0]?.results ?? [];

describe('the SARIF log', () => {
  test.each(Object.keys(plans))('%s: the official schema accepts it', (name) => {
    validate(JSON.parse(jsonText(planSarif(plans[name]!, '0.1.0'))));
    expect(validate.errors).toBeNull();
  });

  test('the schema would refuse a wrong one', () => {
    const log = planSarif(richPlan, '0.1.0');
    expect(validate({ ...log, version: '2.0.0' })).toBe(false);
    expect(validate({ ...log, runs: [{ results: [] }] })).toBe(false);
  });

  test('each result names its rule by id and index', () => {
    const log = planSarif(richPlan, '0.1.0');
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    expect(results(log).length).toBeGreaterThan(rules.length);
    for (const result of results(log)) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
  });

  test('required steps are errors, and findings stand at their line', () => {
    const found = results(planSarif(richPlan, '0.1.0')).filter(({ ruleId }) => ruleId === 'force-ssl-compile-time');
    expect(found.map(({ level }) => level)).toEqual(['error', 'error']);
    expect(found[1]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'config/runtime.exs', uriBaseId: '%SRCROOT%' },
      region: { startLine: 31 },
    });
  });

  test('steps that are done or declined are no results', () => {
    const ids = results(planSarif(richPlan, '0.1.0')).map(({ ruleId }) => ruleId);
    expect(ids).not.toContain('jason');
    expect(ids).not.toContain('swoosh');
  });

  test('fingerprints differ from result to result and hold no line', () => {
    const found = results(planSarif(richPlan, '0.1.0')).map(
      ({ partialFingerprints }) => Object.values(partialFingerprints)[0],
    );
    expect(new Set(found).size).toBe(found.length);
    const moved = richPlan.findings.map((finding) => ({ ...finding, line: finding.line + 5 }));
    const again = results(planSarif({ ...richPlan, findings: moved }, '0.1.0'));
    expect(again.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0])).toEqual(found);
  });

  test('prints no character that drives a terminal, and no link of the project', () => {
    expect(jsonText(planSarif(richPlan, '0.1.0'))).not.toMatch(dangerous);
    expect(isWebAddress('javascript:alert(1)')).toBe(false);
    expect(isWebAddress('https://hexdocs.pm/phoenix')).toBe(true);
    const rules = planSarif(richPlan, '0.1.0').runs[0]?.tool.driver.rules ?? [];
    expect(rules.filter((rule) => 'helpUri' in rule).map(({ id }) => id)).toEqual(['elixir-requirement']);
  });
});

describe('fixes', () => {
  const fixesOf = (id: string) => results(planSarif(richPlan, '0.1.0')).find(({ ruleId }) => ruleId === id)?.fixes;

  test('replace what the patch replaces', () => {
    const change = fixesOf('elixir-requirement')?.[0]?.artifactChanges[0];
    const lines = (projectFiles['mix.exs'] ?? '').split('\n');
    const replacement = change?.replacements[0];
    expect(replacement?.deletedRegion).toEqual({ startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 });
    lines.splice(2, 1, replacement?.insertedContent.text.trimEnd() ?? '');
    const patch = richPlan.steps[0]?.edits[0]?.patch ?? '';
    expect(lines.join('\n')).toBe(applyPatch(projectFiles['mix.exs'] ?? '', patch));
  });

  test('are left out where an earlier step edits the file, and for moves and deletions', () => {
    expect(fixesOf('code-reloader-listener')).toBeUndefined();
    expect(fixesOf('renamed-file')).toBeUndefined();
    expect(fixesOf('dropped-file')).toBeUndefined();
    expect(fixesOf('new-file')?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text).toMatch(
      /^#!\/bin\/sh\n/,
    );
  });

  test('are left out where part of a step is no text', () => {
    const patch = 'diff --git a/logo.png b/logo.png\nBinary files a/logo.png and b/logo.png differ\n';
    const text = edit('a.ex', 'modify', 'a\n', 'b\n');
    const steps = [step({ id: 'logo', edits: [text, { path: 'logo.png', kind: 'modify', patch }] })];
    expect(results(planSarif({ ...richPlan, steps }, '0.1.0'))[0]?.fixes).toBeUndefined();
  });
});
