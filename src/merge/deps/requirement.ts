import {
  allows,
  compareVersions,
  lowest,
  parseRequirement,
  type Requirement,
  type Version,
} from '../../elixir/requirement.ts';
import type { Address } from '../../facts/address.ts';
import type { Ruling } from '../verdict.ts';

/** Requirements of deps and of Elixir itself: compared by what they allow, not by how they are written. */
export function isRequirement({ area, path }: Address): boolean {
  return (area === 'deps' && path.length === 1) || (area === 'mix' && path.join('.') === 'project.elixir');
}

/**
 * Mends a ruling on a requirement: people raise them with every patch release, so one that no generator wrote is no
 * choice of theirs. One that allows the target's lowest version stays, unless it is a default of the generator's; a
 * lower one is raised; none is ever lowered. What Elixir a project asks for says on which it runs: one that merely allows
 * the target's as well is too low.
 */
export function ruleRequirement(address: Address, ruling: Ruling, yours: string | null): Ruling {
  const [mine, theirs] = [requirementOf(yours), requirementOf(ruling.target)];
  // A dep that the generator dropped is its default dep still, whatever its requirement was raised to.
  if (mine !== null && ruling.outcome === 'manual') return { ...ruling, outcome: 'pending' };
  const [least, floor] = [mine && lowest(mine), theirs && lowest(theirs)];
  if (!mine || !floor || ruling.outcome === 'agreed' || ruling.outcome === 'done') return ruling;
  const higher = least !== null && isLower(floor, least);
  // An open end of the target's allows more than any default did: what asks for one minor would hold others back.
  const untouched = ruling.outcome === 'pending' && (!higher || (theirs !== null && isOpen(theirs)));
  const allowed = address.area === 'deps' ? allows(mine, floor) : least !== null && !isLower(least, floor);
  if (!untouched && (higher || allowed)) return { ...ruling, outcome: 'done' };
  return { ...ruling, outcome: 'pending', result: ruling.target };
}

function isLower(a: Version, b: Version): boolean {
  return compareVersions(a, b) < 0;
}

function isOpen(requirement: Requirement): boolean {
  return requirement.every((conditions) => conditions.every(({ operator }) => operator === '>='));
}

function requirementOf(value: string | null): Requirement | null {
  return value?.startsWith('"') ? parseRequirement(value.slice(1, -1)) : null;
}
