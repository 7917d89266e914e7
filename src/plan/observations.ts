import type { Observation } from '../deploy/observation.ts';
import { topicDraft } from './claimed.ts';
import type { Draft } from './draft.ts';
import type { Finding } from './plan.ts';
import { topicById } from './topics/catalogue.ts';

/**
 * The drafts of what deployment calls for. What is part of a change of the generator's goes under that topic, but for
 * places that `found` names there already.
 */
export function observationDrafts(observations: readonly Observation[], found: readonly Draft[]): Draft[] {
  const places = new Set(found.flatMap(({ id, findings }) => findings.map((finding) => placeIn(id, finding))));
  return observations.flatMap((observation): Draft[] => {
    const { operations } = observation;
    if (!('joins' in observation)) {
      const { topic, ...said } = observation;
      return [{ id: topic, ...said, since: null, items: [] }];
    }
    const topic = topicById(observation.joins);
    if (!topic) return [];
    const draft = topicDraft(topic, [], []);
    const findings = observation.findings.filter((finding) => !places.has(placeIn(topic.id, finding)));
    return [{ ...draft, need: observation.need ?? draft.need, findings, operations }];
  });
}

function placeIn(topic: string, { path, line }: Finding): string {
  return `${topic} ${path}:${line}`;
}
