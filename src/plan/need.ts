import { compareVersions as compareStated } from '../findings/deployment/requirement.ts';
import { isAllowed } from '../packages/requirements.ts';
import { compareVersions } from '../pristine/versions.ts';
import { keepsSessions } from '../project/sessions.ts';
import { topicById } from '../topics/catalogue.ts';
import { elixirTopic, neededElixir, needsNewerElixir } from '../topics/needed-elixir.ts';
import type { Topic } from '../topics/topic.ts';
import { staysBelow } from './deps/breaking.ts';
import type { Draft } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/** What shows that an app gets along. */
interface Evidence {
  readonly to: string;
  readonly elixir: Pick<DraftContext['elixir'], 'oldest'>;
  readonly project: Pick<DraftContext['project'], 'locked' | 'root' | 'apps' | 'tree'>;
}

/**
 * Required means required: not before the target that breaks without it, and not where the lock, or the versions that the
 * project is built on, show that the app runs on what asked for it. Then a step is worth no more than a recommendation, or a tidying.
 */
export function withNeedShown(drafts: readonly Draft[], evidence: Evidence): Draft[] {
  const hasSession = keepsSessions(evidence.project.tree);
  return drafts.map((draft) => {
    const topic = topicById(draft.id);
    if (topic?.settledByHaving && hasAll(draft)) return { ...draft, need: 'cosmetic' };
    if (topic?.ofSessions && !hasSession) return { ...draft, need: 'cosmetic' };
    if (isLocked(draft, evidence)) return { ...draft, need: 'cosmetic' };
    if (draft.need !== 'required' || !topic) return draft;
    if (isSettled(topic, evidence)) return { ...draft, need: 'cosmetic' };
    const early = topic.requiredFrom !== undefined && compareVersions(evidence.to, topic.requiredFrom) < 0;
    return early || staysBelow(draft, drafts, evidence.project) ? { ...draft, need: 'recommended' } : draft;
  });
}

/** Whether all that is left of a draft changes what the project has. */
function hasAll({ items, findings, operations }: Draft): boolean {
  const open = items.filter(({ change }) => /^(?:pending|conflict|manual)$/.test(change.verdict));
  return findings.length + operations.length === 0 && open.every(({ change }) => change.yours !== null);
}

function isSettled({ id, settledBy }: Topic, evidence: Evidence): boolean {
  if (id === elixirTopic) return hasElixir(evidence);
  const version = settledBy && evidence.project.locked.get(settledBy.dep);
  return settledBy !== undefined && version !== undefined && compareVersions(version, settledBy.from) >= 0;
}

/** Whether all that a draft asks for are versions which the lock has: a requirement that begins lower keeps nothing from working. */
function isLocked({ items, findings, operations }: Draft, { project: { locked } }: Evidence): boolean {
  if (items.length === 0 || findings.length > 0 || operations.length > 0) return false;
  return items.every(({ change: { address, target } }) => {
    const [, name = ''] = /^deps(?:@\w+)?\/(\w+)$/.exec(address) ?? [];
    const [, requirement] = /^"([^"]*)"$/.exec(target ?? '') ?? [];
    const version = locked.get(name);
    return requirement !== undefined && version !== undefined && isAllowed(requirement, version);
  });
}

/** Whether an app is on the Elixir that its target asks for, whatever its mix.exs would allow. */
function hasElixir({ to, elixir: { oldest }, project: { locked } }: Evidence): boolean {
  const phoenix = locked.get('phoenix');
  if (phoenix !== undefined && !needsNewerElixir(to, phoenix)) return true;
  const needed = neededElixir(to);
  return oldest !== null && needed !== null && compareStated(oldest, needed) >= 0;
}
