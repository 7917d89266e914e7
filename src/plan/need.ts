import { compareVersions } from '../pristine/versions.ts';
import { topicById } from '../topics/catalogue.ts';
import { elixirTopic, needsNewerElixir } from '../topics/needed-elixir.ts';
import type { Topic } from '../topics/topic.ts';
import type { Draft } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/**
 * Required means required: not before the target that breaks without it, and not where the lock shows that the app runs
 * on what asked for it. Then a step is worth no more than a recommendation, or a tidying.
 */
export function withNeedShown(
  drafts: readonly Draft[],
  { to, project }: Pick<DraftContext, 'to'> & { readonly project: Pick<DraftContext['project'], 'locked'> },
): Draft[] {
  return drafts.map((draft) => {
    const topic = topicById(draft.id);
    if (draft.need !== 'required' || !topic) return draft;
    if (isSettled(topic, project.locked, to)) return { ...draft, need: 'cosmetic' };
    const early = topic.requiredFrom !== undefined && compareVersions(to, topic.requiredFrom) < 0;
    return early ? { ...draft, need: 'recommended' } : draft;
  });
}

function isSettled({ id, settledBy }: Topic, locked: ReadonlyMap<string, string>, to: string): boolean {
  const phoenix = locked.get('phoenix');
  // An app whose Phoenix asks for that Elixir already runs on it, whatever its mix.exs would allow.
  if (id === elixirTopic) return phoenix !== undefined && !needsNewerElixir(to, phoenix);
  const version = settledBy && locked.get(settledBy.dep);
  return settledBy !== undefined && version !== undefined && compareVersions(version, settledBy.from) >= 0;
}
