import { compareVersions, lowest, parseRequirement, type Version } from '../../elixir/requirement.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * The Elixir that mix.exs asks for follows what builds the app. Where a place of the project states an older one than new
 * apps ask for, the requirement is raised to what Phoenix itself needs and no further, and stays where that is allowed.
 */
export function elixirAsBuilt(
  comparisons: readonly Comparison[],
  { elixir: { needed, builtOn } }: Pick<RulingContext, 'elixir'>,
): readonly Comparison[] {
  if (builtOn === null) return comparisons;
  return comparisons.map((comparison) => {
    const { address, outcome, yours, result } = comparison;
    if (address.area !== 'mix' || address.path.join('.') !== 'project.elixir' || outcome !== 'pending')
      return comparison;
    const [asked, wanted] = [floorOf(yours?.value), floorOf(result)];
    const built = floorOf(`"~> ${builtOn.version}"`);
    if (!asked || !wanted || !built || compareVersions(wanted, built) <= 0) return comparison;
    const least = needed === null ? null : floorOf(`"~> ${needed}"`);
    const note = `${builtOn.path}:${builtOn.line} has Elixir ${builtOn.version}`;
    if (!least || compareVersions(asked, least) >= 0) return { ...comparison, outcome: 'declined', note };
    return { ...comparison, result: `"~> ${needed}"`, note };
  });
}

function floorOf(value: string | null | undefined): Version | null {
  const requirement = value?.startsWith('"') ? parseRequirement(value.slice(1, -1)) : null;
  return requirement && lowest(requirement);
}
