import { lowest, parseRequirement, versionText } from '../elixir/requirement.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { Draft } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/** Steps that need a newer Elixir than old projects have: `config_env()` and the level `:warning` came with 1.11. */
const needed: Readonly<Record<string, string>> = { 'import-config': '1.11.0', 'logger-warning': '1.11.0' };

/** No step is safe that breaks a project on the Elixir it is on: the version it states, else the lowest it asks for. */
export function withElixirNeeded(
  drafts: readonly Draft[],
  { elixir: { exact, asked } }: Pick<DraftContext, 'elixir'>,
): Draft[] {
  const requirement = parseRequirement(asked ?? '');
  const floor = requirement && lowest(requirement);
  const version = exact ?? (floor && versionText(floor));
  return drafts.map((draft) => {
    const wanted = needed[draft.id];
    if (wanted === undefined || version === null || compareVersions(version, wanted) >= 0) return draft;
    const stated = exact === null ? `mix.exs allows ${version}` : `this project is on ${version}`;
    const why = `${draft.why} It needs Elixir ${wanted.slice(0, -2)}, and ${stated}: raise that first.`;
    return { ...draft, why, risk: draft.risk === 'safe' ? 'review' : draft.risk };
  });
}
