import { allowsLowest } from '../../elixir/requirement.ts';
import { appOf } from '../../facts/extract/project.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * A dep that another app of the umbrella lists is there for all of them: it neither moves nor is it listed again, unless the app that the
 * generator gives it to is to start something. Both go together, the new line and the old one that would go. In an umbrella of one app,
 * what one half is to list the other does not lose.
 */
export function listedElsewhere(
  comparisons: readonly Comparison[],
  { project }: Pick<RulingContext, 'project'>,
): readonly Comparison[] {
  if (!project.umbrella) return comparisons;
  const starting = new Set(
    comparisons.filter(({ address, outcome }) => address.area === 'supervision' && outcome === 'pending').map(memberOf),
  );
  const settled = new Map(
    comparisons.flatMap((one) => {
      const place = isNew(one) ? placeOf(one, project, !starting.has(memberOf(one))) : undefined;
      return place === undefined ? [] : [[one.address.pathText, place] as const];
    }),
  );
  const wanted = new Set(comparisons.filter((one) => one.target !== null).map((one) => lineOf(one, project)));
  return comparisons.map((comparison): Comparison => {
    const { address, outcome, target } = comparison;
    if (address.area !== 'deps' || outcome !== 'pending') return comparison;
    const place = settled.get(address.pathText);
    if (place !== undefined && isNew(comparison)) return { ...comparison, outcome: 'done', note: `listed in ${place}` };
    const stays = place !== undefined || wanted.has(lineOf(comparison, project));
    return target === null && stays ? { ...comparison, outcome: 'yours' } : comparison;
  });
}

/** The line that a dep has: an umbrella of one app has one for what the generator gives to two. */
function lineOf({ address }: Comparison, project: Project): string {
  return `${appOf(project, address.member).path} ${address.area} ${address.pathText}`;
}

function memberOf({ address }: Comparison): string {
  return address.member ?? '';
}

function isNew({ address, outcome, yours, target }: Comparison): boolean {
  return (
    address.area === 'deps' && address.path.length === 1 && outcome === 'pending' && yours === null && target !== null
  );
}

/** Where the app itself, or another of the umbrella if that will do, lists the dep in a version that will do; the root's deps are for its own tasks. */
function placeOf({ address, target }: Comparison, project: Project, others: boolean): string | undefined {
  const wanted = target?.slice(1, -1) ?? '';
  for (const { path, mixfile } of others ? project.apps : [appOf(project, address.member)]) {
    const dep = mixfile.deps.find(({ name }) => name === address.pathText);
    if (dep && allowsLowest(dep.requirement ?? '', wanted)) return `${path}:${dep.line}`;
  }
  return undefined;
}
