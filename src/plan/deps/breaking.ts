import { isAllowed, isBeyond } from '../../packages/requirements.ts';
import type { Project } from '../../project/project.ts';
import { topicById } from '../../topics/catalogue.ts';
import { type Draft, operationsOf } from '../draft.ts';
import { type Requirements, requirementsAfter, requirementsOf } from './requirements.ts';

type Listing = Pick<Project, 'root' | 'apps'>;

/** Whether the project's own lines keep the dep that breaks a draft's topic below that version, and no other required draft moves them. */
export function staysBelow(draft: Draft, all: readonly Draft[], project: Listing): boolean {
  if (topicById(draft.id)?.breaksFrom === undefined) return false;
  const own = requirementsOf(project);
  if (!isBelow(draft, own)) return false;
  const required = all.filter((other) => other !== draft && other.need === 'required').flatMap(operationsOf);
  return isBelow(draft, requirementsAfter(own, required));
}

/**
 * What is written for a version of a dep comes along with the step that brings it, and is no prerequisite of steps that do not: on the
 * version that the project pins it would not compile.
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
      if (one.id === id) return { ...one, together: [...new Set([...(one.together ?? []), ...ids])] };
      return ids.includes(one.id) ? one : { ...one, after: one.after.filter((earlier) => earlier !== id) };
    });
  }
}

/** Whether requirements leave no version of the dep that breaks a draft's topic; what nobody lists comes as others ask for it. */
function isBelow({ id }: Draft, requirements: Requirements): boolean {
  const breaksFrom = topicById(id)?.breaksFrom;
  if (breaksFrom === undefined) return false;
  const { dep, from } = breaksFrom;
  const reaches = (requirement: string | null) =>
    requirement === null || isAllowed(requirement, from) || isBeyond(requirement, from);
  return !(requirements.get(dep) ?? []).every(({ requirement }) => reaches(requirement));
}
