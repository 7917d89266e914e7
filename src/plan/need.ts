import { compareVersions as compareStated } from '../findings/deployment/requirement.ts';
import { isAllowed, isBeyond } from '../packages/requirements.ts';
import { compareVersions } from '../pristine/versions.ts';
import { topicById } from '../topics/catalogue.ts';
import { elixirTopic, neededElixir, needsNewerElixir } from '../topics/needed-elixir.ts';
import type { Topic } from '../topics/topic.ts';
import { type Requirements, requirementsAfter, requirementsOf } from './deps/requirements.ts';
import { type Draft, operationsOf } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/** What shows that an app gets along. */
interface Evidence {
  readonly to: string;
  readonly elixir: Pick<DraftContext['elixir'], 'oldest'>;
  readonly project: Pick<DraftContext['project'], 'locked' | 'root' | 'apps'>;
}

/**
 * Required means required: not before the target that breaks without it, and not where the lock, or the versions that the
 * project is built on, show that the app runs on what asked for it. Then a step is worth no more than a recommendation, or a tidying.
 */
export function withNeedShown(drafts: readonly Draft[], evidence: Evidence): Draft[] {
  return drafts.map((draft) => {
    const topic = topicById(draft.id);
    if (isLocked(draft, evidence)) return { ...draft, need: 'cosmetic' };
    if (draft.need !== 'required' || !topic) return draft;
    if (isSettled(topic, evidence)) return { ...draft, need: 'cosmetic' };
    const early = topic.requiredFrom !== undefined && compareVersions(evidence.to, topic.requiredFrom) < 0;
    return early || staysBelow(draft, drafts, topic, evidence) ? { ...draft, need: 'recommended' } : draft;
  });
}

/** Whether the project's own lines keep the dep that breaks a topic below that version, and no other required step moves them. */
function staysBelow(draft: Draft, all: readonly Draft[], { breaksFrom }: Topic, { project }: Evidence): boolean {
  if (breaksFrom === undefined) return false;
  const own = requirementsOf(project);
  const required = all.filter((other) => other !== draft && other.need === 'required').flatMap(operationsOf);
  return !reaches(own, breaksFrom) && !reaches(requirementsAfter(own, required), breaksFrom);
}

/** Whether a project may come to have a version of a dep, or a later one; what it does not list comes as others ask for it. */
function reaches(requirements: Requirements, { dep, from }: { readonly dep: string; readonly from: string }): boolean {
  const lines = requirements.get(dep) ?? [];
  return lines.every(
    ({ requirement }) => requirement === null || isAllowed(requirement, from) || isBeyond(requirement, from),
  );
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
    const [, name = ''] = /^deps\/(\w+)$/.exec(address) ?? [];
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
