import { expect, test } from 'vitest';
import type { FileOutcome } from '../../src/merge/files/outcome.ts';
import { performMerge } from '../../src/merge/text/perform.ts';
import { splitByWords } from '../../src/plan/file-parts.ts';
import { treeOf } from '../support/projects.ts';

const path = 'assets/js/app.js';
const base = `import "../css/app.css"
import {LiveSocket} from "phoenix_live_view"

let liveSocket = new LiveSocket("/live", {})
liveSocket.connect()

bar.show()
`;
const target = `import {LiveSocket} from "phoenix_live_view"

let liveSocket = new LiveSocket("/live", {
  longPollFallbackMs: 2500
})
liveSocket.connect()

bar.show(300)
`;
/** What each topic gets of the script, carried out on `yours` by itself, where these are in the plan. */
function split(yours: string, planned: readonly string[]) {
  const outcome: FileOutcome = {
    change: 'modified',
    path,
    from: null,
    place: path,
    status: 'pending',
    touched: yours !== base,
    risk: 'safe',
    operations: [{ kind: 'merge-file', path, base, target, take: null }],
    conflicts: [],
    declined: [],
    fates: ['covered'],
    note: null,
  };
  const project = { tree: treeOf({ [path]: yours }) };
  const claimed = (one: FileOutcome) => ({
    claim: { address: `file/${path}`, kind: 'change' as const, since: '1.7.11', base: null, target: null },
    item: {
      change: { address: `file/${path}`, verdict: one.status, base: null, yours: null, target: null, at: null },
      operations: one.operations,
      conflicts: [],
      backlog: false,
      since: '1.7.11',
      review: false,
    },
  });
  const changes = splitByWords([outcome], new Set(planned), project, claimed);
  return changes.map(({ claim, item }) => {
    const [merge] = item.operations;
    const done = merge?.kind === 'merge-file' ? performMerge(yours, merge) : null;
    return [claim.partOf ?? null, done?.ok ? done.text : null] as const;
  });
}

const withoutCss = base.replace('import "../css/app.css"\n', '');
const falling = base.replace('("/live", {})', '("/live", {\n  longPollFallbackMs: 2500\n})');

test('each topic of the plan gets the lines that speak of it, and the rest stays together', () => {
  expect(new Map(split(base, ['tailwind-3', 'longpoll-fallback']))).toEqual(
    new Map([
      ['tailwind-3', withoutCss],
      ['longpoll-fallback', falling],
      [null, base.replace('show()', 'show(300)')],
    ]),
  );
});

test('lines of a topic that is not in the plan stay with the rest', () => {
  expect(new Map(split(base, ['tailwind-3'])).get(null)).toBe(falling.replace('show()', 'show(300)'));
  expect(split(base, [])).toEqual([[null, target]]);
});

test('a script that a team changed is taken apart as well', () => {
  const own = base.replace('bar.show()', 'bar.show()\n\nflag.hoist()');
  expect(new Map(split(own, ['tailwind-3'])).get('tailwind-3')).toBe(
    withoutCss.replace('bar.show()', 'bar.show()\n\nflag.hoist()'),
  );
});
