import type { NameKind, PackageFacts } from './facts.ts';
import { byVersion, isIn, type VersionSpan, valueAt } from './span.ts';

/** What a version of a package says of one name. */
export type Lookup =
  /** The package does not know the module, the version, or all of the module's names: nothing can be said. */
  | { readonly state: 'unknown' }
  | { readonly state: 'present'; readonly kind: NameKind; readonly deprecated: Deprecation | null }
  /** `gone` is the version that no longer had it; null where no earlier version had it. */
  | { readonly state: 'absent'; readonly gone: string | null; readonly moduleGone: boolean };

export interface Deprecation {
  readonly since: string;
  /** What to call instead: `Phoenix.Flash.get/2`; null where the package names nothing. */
  readonly instead: string | null;
}

const unknown: Lookup = { state: 'unknown' };

/**
 * Looks up `module.name/arity` in one version of a package. A name counts as absent only where the module's syntax tells all of its
 * names in that version, or where the version does not have the module.
 */
export function lookup(facts: PackageFacts, version: string, module: string, name: string, arity: number): Lookup {
  const found = facts.module(module);
  if (found === undefined || !facts.knows(version)) return unknown;
  const { kinds, deprecated } = found.named(`${name}/${arity}`);
  const kind = valueAt(kinds, version);
  if (kind !== undefined) {
    const now = deprecated.find((span) => isIn(span, version));
    return {
      state: 'present',
      kind,
      deprecated: now ? { since: now.since, instead: now.value === '' ? null : now.value } : null,
    };
  }
  if (found.isOpen(version)) return unknown;
  return { state: 'absent', gone: goneAt(kinds, version), moduleGone: !found.isDefined(version) };
}

/** Whether a version that facts reach has `module.name/arity`: what `lookup` calls present, without the rest. */
export function isPresent(facts: PackageFacts, version: string, module: string, name: string, arity: number): boolean {
  const found = facts.module(module);
  return (
    found !== undefined && facts.knows(version) && valueAt(found.named(`${name}/${arity}`).kinds, version) !== undefined
  );
}

/** The end of the last span before a version. */
function goneAt(spans: readonly VersionSpan[], version: string): string | null {
  const ends = spans.flatMap(({ until }) => (until !== null && byVersion(until, version) <= 0 ? [until] : []));
  return ends.sort(byVersion).at(-1) ?? null;
}
