import type { History } from '../facts/history.ts';
import type { Comparison } from '../merge/comparison.ts';
import type { EditContext } from '../merge/edits/edit-context.ts';
import { factEdits } from '../merge/edits/fact-edits.ts';
import type { Draft, DraftItem } from './draft.ts';
import type { Change, Verdict } from './plan.ts';
import { type Claimable, claimAll } from './topics/claim.ts';
import { cautionsOf } from './topics/errata.ts';
import { plainStep } from './topics/plain-step.ts';
import type { ChangeKind, Topic } from './topics/topic.ts';

/** Groups compared facts into drafts: by the topic that claims them, else one for each key. */
export function factDrafts(comparisons: readonly Comparison[], history: History, context: EditContext): Draft[] {
  const changed = comparisons.filter(({ outcome }) => outcome !== 'agreed' && outcome !== 'yours');
  const claimables = new Map(changed.map((comparison) => [comparison, claimable(comparison, history)]));
  const topics = claimAll([...claimables.values()]);
  return changed.map((comparison) => {
    const claim = claimables.get(comparison) ?? claimable(comparison, history);
    const item = draftItem(comparison, history, context);
    const topic = topics.get(claim.address) ?? null;
    return topic ? topicDraft(topic, item, cautionsOf(claim)) : plainDraft(comparison, claim, item);
  });
}

function claimable({ address, base, target, since, yours, outcome }: Comparison, history: History): Claimable {
  const kind: ChangeKind = target === null ? 'remove' : base === null ? 'add' : 'change';
  return {
    address: history.placeholder(address),
    kind,
    since: history.versions[since] ?? '',
    // For a requirement the step from yours counts, not the generator's.
    base: yours && outcome !== 'done' ? yours.value : base,
    target,
  };
}

function draftItem(comparison: Comparison, history: History, context: EditContext): DraftItem {
  const { outcome, result, target, yours } = comparison;
  const operations = outcome === 'pending' ? factEdits(comparison, context) : [];
  return {
    change: changeOf(comparison, operations.length > 0 || isCovered(comparison)),
    operations,
    backlog: comparison.backlog,
    since: history.versions[comparison.since] ?? null,
    merged: outcome === 'pending' && yours !== null && result !== target,
  };
}

/** Options that come and go with their dep, plug or socket have no edit of their own. */
function isCovered({ address }: Comparison): boolean {
  return /^(deps|endpoint)(@\w+)?\//.test(address);
}

function changeOf({ address, outcome, base, yours, target, note }: Comparison, editable: boolean): Change {
  const verdict = outcome === 'pending' && !editable ? unedited(address) : (outcome as Verdict);
  return {
    address,
    verdict,
    base,
    yours: yours?.value ?? null,
    target,
    at: yours?.at ?? null,
    ...(note ? { note } : {}),
  };
}

/** Without an editor for it, the generated text would be needed, or a person. */
function unedited(address: string): Verdict {
  return /^web(@\w+)?\//.test(address) ? 'needs-source' : 'manual';
}

function topicDraft(topic: Topic, item: DraftItem, cautions: readonly string[]): Draft {
  const words = [
    topic.why,
    topic.breaks === null ? null : `Without it: ${topic.breaks}`,
    topic.caution ?? null,
    ...cautions,
  ];
  return {
    id: topic.id,
    title: topic.title,
    why: words.filter((text) => text !== null).join(' '),
    docs: topic.docs,
    area: topic.area,
    need: topic.need,
    risk: cautions.length > 0 && topic.risk === 'safe' ? 'review' : topic.risk,
    since: topic.since,
    after: topic.after,
    commands: topic.commands,
    ...emptyParts,
    items: [item],
  };
}

const emptyParts = { items: [], operations: [], conflicts: [], findings: [] };

function plainDraft({ address, since }: Comparison, claim: Claimable, item: DraftItem): Draft {
  const { id, title, area } = plainStep({ address, kind: claim.kind });
  return {
    id,
    title,
    why: `The generator has written this since ${claim.since}.`,
    docs: null,
    area,
    need: 'cosmetic',
    risk: 'safe',
    since: since > 0 ? claim.since : null,
    after: [],
    commands: area === 'deps' ? ['mix deps.get'] : [],
    ...emptyParts,
    items: [item],
  };
}

/** A draft of a topic that has findings alone. */
export function findingDraft(topic: Topic, finding: Draft['findings'][number]): Draft {
  const { id, title, why, docs, area, need, risk, since, after, commands } = topic;
  return { id, title, why, docs, area, need, risk, since, after, commands, ...emptyParts, findings: [finding] };
}
