import type { Observation } from '../deploy/observation.ts';
import { topicDraft } from './claimed.ts';
import type { Draft } from './draft.ts';
import { topicById } from './topics/catalogue.ts';

/** The drafts of what deployment calls for. What is part of a change of the generator's goes under that topic. */
export function observationDrafts(observations: readonly Observation[]): Draft[] {
  return observations.flatMap((observation): Draft[] => {
    const { findings, operations } = observation;
    if (!('joins' in observation)) {
      const { topic, ...said } = observation;
      return [{ id: topic, ...said, since: null, items: [] }];
    }
    const topic = topicById(observation.joins);
    if (!topic) return [];
    const draft = topicDraft(topic, [], []);
    return [{ ...draft, need: observation.need ?? draft.need, findings, operations }];
  });
}
