import { isAllowed, isBeyond } from '../../packages/requirements.ts';
import type { Project } from '../../project/project.ts';
import { topicById } from '../../topics/catalogue.ts';
import type { BreakingVersion } from '../../topics/topic.ts';
import { type Draft, operationsOf } from '../draft.ts';
import { type Requirements, requirementsAfter, requirementsOf } from './requirements.ts';

type Listing = Pick<Project, 'root' | 'apps'>;

/**
 * Whether the project's own lines keep the deps that break a draft's topic below those versions, and no other required draft moves them.
 * What was found for a version that nothing moves to stands in the way of one that has to be.
 */
export function staysBelow(draft: Draft, all: readonly Draft[], project: Listing): boolean {
  if (breakingOf(draft).length === 0) return false;
  const own = requirementsOf(project);
  if (!isBelow(draft, own)) return false;
  const others = all.filter((other) => other !== draft);
  const required = others.filter(({ need }) => need === 'required').flatMap(operationsOf);
  if (!isBelow(draft, requirementsAfter(own, required))) return false;
  const moves = (other: Draft) => !isBelow(draft, requirementsAfter(own, operationsOf(other)));
  return draft.breaksFrom === undefined || others.some(moves);
}

/**
 * What is written for a version of a dep comes along with the step that brings it, and is no prerequisite of steps that do not: on the
 * version that the project pins it would not compile. What a person has to write for it comes behind that step.
 */
export function withBreakingDeps(
  drafts: readonly Draft[],
  { project }: { readonly project: Listing },
): readonly Draft[] {
  const own = requirementsOf(project);
  return drafts.filter((draft) => staysBelow(draft, drafts, project)).reduce(boundToMove, drafts);

  function boundToMove(all: readonly Draft[], { id }: Draft): readonly Draft[] {
    const bound = all.find((one) => one.id === id);
    const moves = all.filter(
      (one) => one.id !== id && bound && !isBelow(bound, requirementsAfter(own, operationsOf(one))),
    );
    const ids = moves.map((one) => one.id);
    return all.map((one) => {
      if (one.id === id) return boundTo(one, ids);
      return ids.includes(one.id) ? one : { ...one, after: one.after.filter((earlier) => earlier !== id) };
    });
  }
}

function boundTo(draft: Draft, ids: readonly string[]): Draft {
  const isByHand = operationsOf(draft).length === 0 && draft.breaksFrom !== undefined;
  const added = (list: readonly string[] = []) => [...new Set([...list, ...ids])];
  return isByHand ? { ...draft, after: added(draft.after) } : { ...draft, together: added(draft.together) };
}

function breakingOf({ id, breaksFrom = [] }: Draft): readonly BreakingVersion[] {
  const ofTopic = topicById(id)?.breaksFrom;
  return ofTopic === undefined ? breaksFrom : [ofTopic];
}

/** Whether requirements leave no version of a dep that breaks a draft's topic; what nobody lists comes as others ask for it. */
function isBelow(draft: Draft, requirements: Requirements): boolean {
  const breaking = breakingOf(draft);
  return breaking.length > 0 && breaking.every(({ dep, from }) => !reaches(requirements.get(dep) ?? [], from));
}

function reaches(listed: readonly { readonly requirement: string | null }[], from: string): boolean {
  return listed.every(
    ({ requirement }) => requirement === null || isAllowed(requirement, from) || isBeyond(requirement, from),
  );
}
