import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { UpgradeError } from '../../src/errors/error.ts';
import { jsonText } from '../../src/plan/escape.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { requiredOpen } from '../../src/plan/sections.ts';
import { detectDocument } from '../../src/report/document/detect.ts';
import { errorDocument } from '../../src/report/document/error.ts';
import { type DocumentName, documentSchemas, jsonSchemaText } from '../../src/report/document/json-schemas.ts';
import { applyDocument, undoDocument, undoListDocument } from '../../src/report/document/outcome.ts';
import { checkDocument, planDocument } from '../../src/report/document/plan-document.ts';
import {
  cacheDocument,
  diffDocument,
  generateDocument,
  packDocument,
  versionsDocument,
} from '../../src/report/document/pristine.ts';
import { stepwiseDocument } from '../../src/report/document/stepwise.ts';
import { topicsDocument } from '../../src/report/document/topics.ts';
import { catalogue as topics } from '../../src/topics/catalogue.ts';
import { applied, cached, comparison, generated, known, packed, undoable, undone } from '../support/outcomes.ts';
import { dangerous, matrix, plans, richPlan, settledPlan } from '../support/plans.ts';

const names = Object.keys(documentSchemas) as DocumentName[];
const shipped = (name: string) => readFileSync(new URL(`../../schema/${name}-1.json`, import.meta.url), 'utf8');
const sum = (counts: object) => Object.values(counts).reduce((total: number, count: number) => total + count, 0);
const detection = { project: richPlan.project, matrix, findings: richPlan.findings };

const gate = (plan: Plan) => ({ plan, steps: requiredOpen(plan), tooOld: null });

const documents: readonly { name: DocumentName; document: unknown }[] = [
  ...Object.values(plans).map((plan) => ({ name: 'plan' as const, document: planDocument(plan, '0.1.0') })),
  { name: 'stepwise', document: stepwiseDocument([richPlan, settledPlan], '0.1.0') },
  { name: 'check', document: checkDocument(gate(richPlan), '0.1.0') },
  {
    name: 'check',
    document: checkDocument({ ...gate(settledPlan), tooOld: { locked: null, minimum: '1.8.0' } }, '0.1.0'),
  },
  { name: 'detect', document: detectDocument(detection, '0.1.0') },
  { name: 'detect', document: detectDocument({ project: richPlan.project, matrix: [], findings: [] }, '0.1.0') },
  { name: 'versions', document: versionsDocument(known, '0.1.0') },
  { name: 'apply', document: applyDocument(applied, '0.1.0') },
  { name: 'undo', document: undoDocument(undone, '0.1.0') },
  { name: 'undo-list', document: undoListDocument(undoable, '0.1.0') },
  { name: 'diff', document: diffDocument(comparison, '0.1.0') },
  { name: 'generate', document: generateDocument(generated, '0.1.0') },
  { name: 'pack', document: packDocument('phoenix.pack', packed, '0.1.0') },
  { name: 'cache', document: cacheDocument(cached, '0.1.0') },
  { name: 'topics', document: topicsDocument(topics, '0.1.0') },
  { name: 'error', document: errorDocument(new UpgradeError('unknown-step', { step: 'x' })) },
];

describe('the shipped schemas', () => {
  test('are those of the code, each of them and no other', () => {
    const files = readdirSync(new URL('../../schema', import.meta.url)).toSorted();
    expect(files).toEqual(names.map((name) => `${name}-1.json`).toSorted());
    for (const name of names) expect(shipped(name)).toBe(jsonSchemaText(name));
  });

  test('every document has an example here', () => {
    expect([...new Set(documents.map(({ name }) => name))].toSorted()).toEqual(names.toSorted());
  });

  test.each(documents)('an independent validator accepts $name', ({ name, document }) => {
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(shipped(name)));
    const accepted = validate(JSON.parse(jsonText(document)));
    expect(validate.errors).toBeNull();
    expect(accepted).toBe(true);
  });

  test('refuse a document that lacks a key or has a wrong value', () => {
    const validate = new Ajv2020().compile(JSON.parse(shipped('plan')));
    const { account: _, ...without } = planDocument(richPlan, '0.1.0');
    expect(validate(without)).toBe(false);
    expect(validate({ ...planDocument(richPlan, '0.1.0'), schema: 'phx-upgrade/plan@2' })).toBe(false);
    expect(validate({ ...planDocument(richPlan, '0.1.0'), added: 'later' })).toBe(true);
  });

  test.each(documents)('every key of $name is described', ({ name, document }) => {
    expect(documentSchemas[name].parse(document)).toEqual(document);
  });
});

describe('the plan document', () => {
  const document = planDocument(richPlan, '0.1.0');

  test('is named, versioned and linked to its schema', () => {
    expect(document.schema).toBe('phx-upgrade/plan@1');
    expect(document.$schema).toBe(JSON.parse(shipped('plan')).$id);
    expect(Object.keys(document).slice(0, 6)).toEqual(['$schema', 'schema', 'tool', 'project', 'from', 'to']);
  });

  test('counts its steps by status and area', () => {
    const { steps, byArea, ...byStatus } = document.summary;
    expect(steps).toBe(richPlan.steps.length);
    expect(sum(byStatus)).toBe(steps);
    expect(sum(byArea)).toBe(steps);
    expect(byStatus.conflict).toBe(1);
    expect(byArea).toMatchObject({ mix: 2, web: 3, deps: 3 });
    expect(byArea).not.toHaveProperty('docs');
  });

  test('holds no operations, which are no contract', () => {
    expect(document.steps.every((step) => !('operations' in step))).toBe(true);
    expect(document.steps.flatMap(({ conflicts }) => conflicts).every((conflict) => !('take' in conflict))).toBe(true);
  });

  test('prints the same bytes each time, and none that a terminal obeys', () => {
    const text = jsonText(document);
    expect(jsonText(planDocument(structuredClone(richPlan), '0.1.0'))).toBe(text);
    expect(text).not.toMatch(dangerous);
    expect(JSON.parse(text).steps[4].findings[0].message).toBe(richPlan.steps[4]?.findings[0]?.message);
  });
});

test('the check document is not ok while a required step is open', () => {
  const { ok, open } = checkDocument(gate(richPlan), '0.1.0');
  expect(ok).toBe(false);
  expect(open.map(({ id }) => id)).toEqual(['elixir-requirement', 'force-ssl-compile-time']);
  expect(checkDocument(gate(settledPlan), '0.1.0').ok).toBe(true);
  const tooOld = { locked: '1.6.16', minimum: '1.7.0' };
  expect(checkDocument({ ...gate(settledPlan), tooOld }, '0.1.0').ok).toBe(false);
});
