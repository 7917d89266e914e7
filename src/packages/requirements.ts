import { allows, compareVersions, lowest, parseRequirement, type Requirement } from '../elixir/requirement.ts';
import { versionOf } from './span.ts';

const parsed = new Map<string, Requirement | null>();

function requirementOf(text: string): Requirement | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const requirement = parseRequirement(text);
  parsed.set(text, requirement);
  return requirement;
}

/** Whether a requirement allows a version. One that nobody can read allows all: nothing is said against it. */
export function isAllowed(requirement: string, version: string): boolean {
  const conditions = requirementOf(requirement);
  return conditions === null || allows(conditions, versionOf(version));
}

/** Whether a requirement begins above a version. */
export function isBeyond(requirement: string, version: string): boolean {
  const conditions = requirementOf(requirement);
  const least = conditions && lowest(conditions);
  return least !== null && compareVersions(least, versionOf(version)) > 0;
}
