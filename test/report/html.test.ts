import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patchHunks } from '../../src/plan/patch-hunks.ts';
import { html } from '../../src/report/html/markup.ts';
import { planHtml } from '../../src/report/html/page.ts';
import { rows } from '../../src/report/html/side-by-side.ts';
import { dangerous, edit, plans, richPlan, settledPlan, step } from '../support/plans.ts';

const page = planHtml(richPlan, '0.1.0');
const tags = (text: string) => text.replace(/<style>[\s\S]*<\/style>/, '').match(/<[^>]*>/g) ?? [];
const names = (text: string) => tags(text).map((tag) => /^<\/?!?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase());

describe('the page is inert', () => {
  test('has only tags that show text', () => {
    const known =
      'doctype html head meta title body a header h1 h2 h3 h4 h5 p ul li code main section dl div dt dd strong ol table ' +
      'thead tbody tr th td span form fieldset legend label input details summary br figure figcaption caption ' +
      'colgroup col del ins mark pre footer';
    expect([...new Set(names(page))].filter((name) => !known.split(' ').includes(name ?? ''))).toEqual([]);
  });

  test('loads nothing, runs nothing, and links to web pages only', () => {
    const attributes = tags(page).flatMap((tag) => [...tag.matchAll(/ ([a-z-]+)="([^"]*)"/g)]);
    const named = (name: string) => attributes.filter((match) => match[1] === name).map((match) => match[2]);
    expect(
      attributes.map((match) => match[1]).filter((name) => /^(on|src|style|action|srcset)/.test(name ?? '')),
    ).toEqual([]);
    expect(named('href')).toEqual(['#steps', 'https://hexdocs.pm/phoenix/1.8.0/changelog.html']);
    expect(page.match(/url\(|@import/g)).toBeNull();
  });

  test('its policy allows its own style and nothing else', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
  });

  test('shows a file with markup in its name as text', () => {
    expect(page).toContain('lib/&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(dangerous);
  });

  test('no text of a project changes its structure', () => {
    const plain = planHtml(planSaying('text'), '0.1.0');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</pre><b>', '"><i>', "' x='", '<!--', '&lt;'),
    );
    fc.assert(
      fc.property(text, (said) => {
        expect(names(planHtml(planSaying(said), '0.1.0'))).toEqual(names(plain));
      }),
    );
  });
});

/** A plan in which every text of the project is the given one. */
function planSaying(text: string) {
  const said = `x${text}`;
  const saying = step({
    id: said,
    title: said,
    why: said,
    docs: said,
    since: said,
    after: [said],
    changes: [
      {
        address: said,
        verdict: 'pending',
        base: said,
        yours: said,
        target: said,
        at: { path: said, line: 1 },
        note: said,
      },
    ],
    conflicts: [{ path: said, line: 1, base: said, yours: said, target: said, take: null }],
    commands: [said],
    findings: [{ path: said, line: 1, message: said }],
  });
  const project = { ...richPlan.project, app: said, flags: [{ flag: said, evidence: said }] };
  return { ...richPlan, project, from: said, steps: [saying], findings: saying.findings, commands: [said] };
}

describe('the page', () => {
  test('holds every step once, what leads in the open, the rest closed', () => {
    for (const { id } of richPlan.steps) expect(page.split(`<code>${id}</code>`)).toHaveLength(2);
    const closed = page.indexOf('<details class="group">');
    expect(page.indexOf('<code>own-mailer</code>')).toBeLessThan(closed);
    expect(page.indexOf('<code>formatter-inputs</code>')).toBeGreaterThan(closed);
  });

  test('has the account, the findings and the version matrix', () => {
    expect(page).toContain('118 changes between the two generators');
    expect(page).toContain('<code>Dockerfile:1</code> Alpine runs');
    expect(page).toContain('<strong>1.12.3</strong> <code>.tool-versions:1</code> <span class="badge">differs</span>');
    expect(planHtml({ ...richPlan, matrix: [] }, '0.1.0')).not.toContain('id="versions"');
  });

  test('each filter has a rule, and each step answers to one of each kind', () => {
    const boxes = [...page.matchAll(/id="(show-[a-z-]+)"/g)].map((match) => match[1]);
    expect(boxes).toContain('show-status-needs-source');
    for (const box of boxes) expect(page).toContain(`:has(#${box}:not(:checked))`);
    expect(page.match(/<details class="step need-[a-z]+ status-[a-z-]+ area-[a-z]+">/g)).toHaveLength(
      richPlan.steps.length,
    );
  });

  test('says that there is nothing to do', () => {
    expect(planHtml(settledPlan, '0.1.0')).toContain('Nothing to do.');
    expect(page).not.toContain('Nothing to do.');
  });

  test.each(Object.keys(plans))('%s: every tag is closed', (name) => {
    const open: (string | undefined)[] = [];
    const single = new Set(['meta', 'input', 'br', 'col']);
    for (const tag of tags(planHtml(plans[name]!, '0.1.0')).slice(1)) {
      const [tagName] = names(tag);
      if (tag.startsWith('</')) expect(open.pop()).toBe(tagName);
      else if (!single.has(tagName ?? '')) open.push(tagName);
    }
    expect(open).toEqual([]);
  });
});

describe('side by side', () => {
  const rowsOf = (before: string, after: string) => patchHunks(edit('a', 'modify', before, after).patch).flatMap(rows);

  test('a changed line stands beside the one it replaces, with both line numbers', () => {
    expect(rowsOf('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual([
      { old: { number: 1, text: 'a' }, now: { number: 1, text: 'a' } },
      { old: { number: 2, text: 'b' }, now: { number: 2, text: 'x' } },
      { old: null, now: { number: 3, text: 'y' } },
      { old: { number: 3, text: 'c' }, now: { number: 4, text: 'c' } },
    ]);
  });

  test('each side, read down, is the text before and after', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before.join('\n') !== after.join('\n'));
        const found = rowsOf(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
        const [start] = [found.find(({ old }) => old)?.old?.number ?? 1];
        const old = found.flatMap((row) => (row.old ? [row.old.text] : []));
        const now = found.flatMap((row) => (row.now ? [row.now.text] : []));
        expect(before.slice(start - 1, start - 1 + old.length)).toEqual(old);
        expect(after.slice(start - 1, start - 1 + now.length)).toEqual(now);
      }),
    );
  });

  test('the words that changed are marked', () => {
    expect(page).toContain('elixir: &quot;~&gt; 1.<mark>12</mark>&quot;]');
  });
});

test('a template escapes what it is given and keeps markup', () => {
  expect(html`<b>${'<i>'}${html`<u>${1}</u>`}${['&', '"']}</b>`.text).toBe('<b>&lt;i&gt;<u>1</u>&amp;&quot;</b>');
});
