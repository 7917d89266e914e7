import { describe, expect, test } from 'vitest';
import { needs } from '../../src/plan/plan.ts';
import { compareVersions } from '../../src/pristine/versions.ts';
import { catalogue, generatorTopics, topicById } from '../../src/topics/catalogue.ts';

describe.each(catalogue.map((topic) => [topic.id, topic] as const))('topic %s', (_id, topic) => {
  test('has an id, a short title and a reason', () => {
    expect(topic.id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(topic.title.length).toBeLessThanOrEqual(70);
    expect(topic.title).not.toMatch(/\.$/);
    expect(topic.why).toMatch(/^\S.{20,}\.$/);
    expect(topic.breaks ?? 'Fails.').toMatch(/^(?!With(?:out)? ).*\.$/);
    expect(topic.caution ?? 'Look.').toMatch(/\.$/);
  });

  test('links to a page by https, if at all', () => {
    if (topic.docs === null) return;
    const url = new URL(topic.docs);
    expect(url.protocol).toBe('https:');
    expect(url.href).toBe(topic.docs);
  });

  test('begins before it ends', () => {
    if (topic.since === null) expect(topic.until).toBeNull();
    else if (topic.until !== null) expect(compareVersions(topic.since, topic.until)).toBeLessThan(0);
  });

  test('comes after topics that are known and at least as needed', () => {
    for (const id of topic.after) {
      const earlier = topicById(id);
      expect(earlier, `${topic.id} after ${id}`).toBeDefined();
      // What is wrong in the description of a server is wrong whether or not the app is released anew.
      if (topic.since !== null)
        expect(needs.indexOf(earlier!.need), `${topic.id} after ${id}`).toBeLessThanOrEqual(needs.indexOf(topic.need));
    }
  });
});

describe.each(generatorTopics.map((topic) => [topic.id, topic] as const))('topic %s of the generator', (_id, topic) => {
  test('says what fails without it if it is required', () => {
    if (topic.need === 'required') expect(topic.breaks).not.toBeNull();
  });
});

test('what no generator brought claims no change of one', () => {
  const others = catalogue.filter(({ since }) => since === null);
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter(({ matches, files, takes }) => matches.length + files.length + takes.length > 0)).toEqual([]);
});

test('ids and titles occur once', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length);
});

test('no topic comes, by way of others, after itself', () => {
  const earlier = (id: string, seen: readonly string[]): void => {
    expect(seen).not.toContain(id);
    for (const next of topicById(id)?.after ?? []) earlier(next, [...seen, id]);
  };
  for (const { id } of catalogue) earlier(id, []);
});
