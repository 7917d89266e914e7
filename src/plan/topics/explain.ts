import type { Area, Need } from '../plan.ts';
import { catalogue, topicById } from './catalogue.ts';
import type { Topic } from './topic.ts';

/** A heading and the lines below it. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A topic in full, section by section; empty sections are left out. */
export function explainText(topic: Topic): readonly Section[] {
  const sections: readonly Section[] = [
    { heading: topic.title, lines: [topic.why] },
    { heading: 'Without it', lines: topic.breaks === null ? [] : [topic.breaks] },
    { heading: 'Look out', lines: topic.caution === undefined ? [] : [topic.caution] },
    { heading: 'Need', lines: [`${topic.need}, ${topic.risk}`] },
    { heading: 'Since', lines: [topic.until === null ? topic.since : `${topic.since}, until ${topic.until}`] },
    { heading: 'After', lines: topic.after.map((id) => `${id}: ${topicById(id)?.title ?? ''}`) },
    { heading: 'Changes', lines: [...new Set([...topic.matches.map(({ address }) => address), ...topic.files])] },
    { heading: 'Run', lines: topic.commands },
    { heading: 'Read', lines: topic.docs === null ? [] : [topic.docs] },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** One row of the list of topics. */
export interface TopicRow {
  readonly id: string;
  readonly title: string;
  readonly since: string;
  readonly area: Area;
  readonly need: Need;
}

/** All topics in the catalogue's order, by minor. */
export function topicRows(): readonly TopicRow[] {
  return catalogue.map(({ id, title, since, area, need }) => ({ id, title, since, area, need }));
}
