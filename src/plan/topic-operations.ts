import type { Operation } from '../merge/operation.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { Project } from '../project/project.ts';
import { topicById } from '../topics/catalogue.ts';
import { topicDraft } from './claimed.ts';
import type { Draft } from './draft.ts';

interface Wanted {
  readonly dep: string;
  readonly text: string;
  /** Deps behind which it goes. */
  readonly order: readonly string[];
}

/** Deps that took over what Phoenix no longer brings along. */
const deps: Readonly<Record<string, Wanted>> = {
  'phoenix-view': { dep: 'phoenix_view', text: '{:phoenix_view, "~> 2.0"}', order: ['phoenix_html', 'phoenix_view'] },
  'phoenix-html-helpers': {
    dep: 'phoenix_html_helpers',
    text: '{:phoenix_html_helpers, "~> 1.0"}',
    order: ['phoenix_html', 'phoenix_html_helpers'],
  },
};

/** Drafts with the edits that go with findings of some topics: code that needs a dep gets it. */
export function topicOperations(found: readonly Draft[], { web, apps, locked }: Project): Draft[] {
  return [...new Set(found.map(({ id }) => id))].flatMap((id) => {
    const [wanted, topic] = [deps[id], topicById(id)];
    if (!wanted || !topic) return [];
    if (apps.some(({ mixfile }) => mixfile.deps.some(({ name }) => name === wanted.dep))) return [];
    const { dep, text, order } = wanted;
    const add: Operation = { kind: 'add-dep', path: web.path, text, order };
    const draft = topicDraft(topic, []);
    const isEarly = dep === 'phoenix_view' && bringsViews(locked.get('phoenix'));
    const careful = isEarly ? { ...draft, risk: 'review' as const, why: `${draft.why} ${twoViews}` } : draft;
    return [{ ...careful, operations: [add] }];
  });
}

const twoViews =
  'Phoenix before 1.6 has Phoenix.View itself: take this together with the move of Phoenix, or the app has the module twice.';

function bringsViews(phoenix: string | undefined): boolean {
  return phoenix !== undefined && compareVersions(phoenix, '1.6.0') < 0;
}

/** The deps of this kind that operations add, each with the topic that asked for it. */
export function addedDeps(operations: readonly Operation[]): { dep: string; topic: string }[] {
  const texts = new Set(operations.flatMap((operation) => (operation.kind === 'add-dep' ? operation.text : [])));
  return Object.entries(deps).flatMap(([topic, { dep, text }]) => (texts.has(text) ? [{ dep, topic }] : []));
}
