import type { Dep } from '../findings/build-files.ts';
import type { Draft } from './draft.ts';

/** Packages that log users in in their own way. */
const companions: Readonly<Record<string, string>> = {
  pow: 'Pow',
  guardian: 'Guardian',
  coherence: 'Coherence',
};

/**
 * Names the package that logs users in in place of what `phx.gen.auth` writes: an own choice, which an upgrade of Phoenix leaves as
 * it is. Ueberauth counts where it stands alone: beside a login of the app's own it only hands over who somebody is.
 */
export function ownLoginDraft(deps: readonly Dep[], hasGenerated: boolean): Draft | null {
  const own = deps.filter(({ name }) => Object.hasOwn(companions, name));
  const alone = hasGenerated || own.length > 0 ? [] : deps.filter(({ name }) => name === 'ueberauth');
  const chosen = [...own, ...alone];
  const [first] = chosen;
  if (!first) return null;
  const names = [...new Set(chosen.map(({ name }) => companions[name] ?? 'Ueberauth'))].join(' and ');
  return {
    id: 'own-login',
    title: `Keep ${names} for logging in`,
    why: `It is your own choice, and nothing of it is touched: what phx.gen.auth writes is another way to log in, not a newer one.`,
    docs: `https://hexdocs.pm/${first.name}`,
    area: 'web',
    need: 'cosmetic',
    risk: 'manual',
    since: null,
    after: [],
    commands: [],
    operations: [],
    findings: [],
    items: chosen.map(({ name, requirement, path, line }) => ({
      change: {
        address: `deps/${name}`,
        verdict: 'declined',
        base: null,
        yours: requirement === null ? null : JSON.stringify(requirement),
        target: null,
        at: { path, line },
        note: 'an own choice, left as it is',
      },
      operations: [],
      conflicts: [],
      backlog: false,
      since: null,
      review: false,
    })),
  };
}
