import { Address } from '../facts/address.ts';
import type { TopicFindings } from '../findings/find.ts';
import { type Claimable, claimAll } from '../topics/claim.ts';
import { cautionsOf } from '../topics/errata.ts';
import { plainStep } from '../topics/plain-step.ts';
import type { Topic } from '../topics/topic.ts';
import type { Draft, DraftItem } from './draft.ts';

/** A change of the generator's, as topics see it, with what comes of it in this project. */
export interface Claimed {
  readonly claim: Claimable;
  readonly item: DraftItem;
}

const emptyParts = { operations: [], findings: [] };

/** What changes are made for. */
interface PlanTarget {
  readonly to: string;
  readonly isUmbrella: boolean;
}

/** Groups changes into drafts: by the topic that claims them, else one for each key or file. */
export function draftsOf(changes: readonly Claimed[], { to, isUmbrella }: PlanTarget): Draft[] {
  const topics = claimAll(
    changes.map(({ claim, item }) => ({ ...claim, declined: item.change.verdict === 'declined' })),
    to,
  );
  return changes.map(({ claim, item }) => {
    // Where things stand has no topic of its own: what a topic adds stands in its place at once. The order of an image's
    // instructions is what they do.
    const { isOrder, area } = new Address(claim.address);
    const topic = isOrder && area !== 'docker' ? null : (topics.get(claim.address) ?? null);
    const warned = { ...item, cautions: cautionsOf(claim, isUmbrella, keepsTests(item)) };
    return topic ? topicDraft(topic, [warned]) : plainDraft(claim, warned);
  });
}

/** A draft of what rules found of a topic. Edits that call for care make no safe step. */
export function findingDraft({ topic, need, findings, operations, caution, stands, breaksFrom }: TopicFindings): Draft {
  const more = { ...(stands.length === 0 ? {} : { stands }), ...(breaksFrom.length === 0 ? {} : { breaksFrom }) };
  const draft = { ...topicDraft(topic, []), need, findings, operations, ...more };
  if (caution === null) return draft;
  return { ...draft, risk: draft.risk === 'safe' ? 'review' : draft.risk, why: `${draft.why} ${caution}` };
}

/** A draft in a topic's words. */
export function topicDraft(topic: Topic, items: readonly DraftItem[]): Draft {
  const { id, title, docs, area, need, risk, since, after, commands, whole } = topic;
  const breaks = topic.breaks === null ? null : `Without it: ${topic.breaks}`;
  const words = [topic.why, breaks, topic.caution ?? null].filter((text) => text !== null);
  return {
    id,
    title,
    why: words.join(' '),
    docs,
    area,
    need,
    risk,
    since,
    after,
    commands,
    whole,
    ...emptyParts,
    items,
  };
}

/** Whether the edits of a change give the tests back what they had. */
function keepsTests({ operations }: DraftItem): boolean {
  return operations.some((one) => one.kind === 'set-config' && one.environment === 'test');
}

function plainDraft(claim: Claimable, item: DraftItem): Draft {
  const { id, title, area } = plainStep({ address: item.change.address, kind: claim.kind });
  return {
    id,
    title,
    why: `The generator has written this since ${claim.since}.`,
    docs: null,
    area,
    need: 'cosmetic',
    risk: 'safe',
    since: claim.since,
    after: [],
    commands: area === 'deps' ? [item.change.command ?? 'mix deps.get'] : [],
    ...emptyParts,
    items: [item],
  };
}
