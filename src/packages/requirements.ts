import { allows, parseRequirement, type Requirement, type Version } from '../elixir/requirement.ts';
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

/**
 * Whether some version meets all requirements. The lowest such version is one that a requirement names, or the patch
 * after it.
 */
export function canBothHold(requirements: readonly string[]): boolean {
  const read = requirements.flatMap((text) => requirementOf(text) ?? []);
  const named = read.flat().map(({ version }) => version);
  const zero: Version = { major: 0, minor: 0, patch: 0, pre: [] };
  const candidates = [zero, ...named, ...named.map((one): Version => ({ ...one, patch: one.patch + 1, pre: [] }))];
  const all = requirements.map(requirementOf);
  return candidates.some((version) => all.every((one) => one === null || allows(one, version)));
}
