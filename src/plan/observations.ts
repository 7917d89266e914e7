import type { Observation } from '../findings/deployment/observation.ts';
import type { Operation } from '../merge/operation.ts';
import { compareVersions } from '../pristine/versions.ts';
import { topicById } from '../topics/catalogue.ts';
import { topicDraft } from './claimed.ts';
import type { Draft } from './draft.ts';
import type { Finding } from './plan.ts';

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
    const draft = topicDraft(topic, []);
    const findings = observation.findings.filter((finding) => !places.has(placeIn(topic.id, finding)));
    return [{ ...draft, need: observation.need ?? draft.need, findings, operations }];
  });
}

/** The first version whose projects have `runtime.exs` and `import Config`, which older Elixir lacks. */
const configSince = '1.6.0';

/** Observations that suit a target: an upgrade to 1.5 does not bring in what only 1.6 and newer Elixir have. */
export function suiting(observations: readonly Observation[], to: string): readonly Observation[] {
  if (compareVersions(to, configSince) >= 0) return observations;
  return observations.filter(({ operations }) => !operations.some(isOfNewerTimes));
}

function isOfNewerTimes(operation: Operation): boolean {
  const path = operation.kind === 'move-config' ? operation.to : operation.path;
  return operation.kind === 'import-config' || /(^|\/)runtime\.exs$|(^|\/)rel\//.test(path);
}

function placeIn(topic: string, { path, line }: Finding): string {
  return `${topic} ${path}:${line}`;
}
