import { lowest, parseRequirement, versionText } from '../elixir/requirement.ts';
import { compareVersions } from '../pristine/versions.ts';
import { topicById } from '../topics/catalogue.ts';
import type { Draft } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/** No step is safe that breaks a project on the Elixir it is on: the version it states, else the lowest it asks for. */
export function withElixirNeeded(
  drafts: readonly Draft[],
  { elixir: { exact, asked } }: Pick<DraftContext, 'elixir'>,
): Draft[] {
  const requirement = parseRequirement(asked ?? '');
  const floor = requirement && lowest(requirement);
  const version = exact ?? (floor && versionText(floor));
  return drafts.map((draft) => {
    const wanted = topicById(draft.id)?.elixir;
    if (wanted === undefined || version === null || compareVersions(version, wanted) >= 0) return draft;
    const stated = exact === null ? `mix.exs allows ${version}` : `this project is on ${version}`;
    const why = `${draft.why} It needs Elixir ${wanted.slice(0, -2)}, and ${stated}: raise that first.`;
    return { ...draft, why, risk: draft.risk === 'safe' ? 'review' : draft.risk };
  });
}
