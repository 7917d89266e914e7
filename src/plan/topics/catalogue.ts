import { topics as topics13 } from './1.3.ts';
import { topics as topics14 } from './1.4.ts';
import { topics as topics15 } from './1.5.ts';
import { topics as topics16 } from './1.6.ts';
import { topics as releases } from './1.6-releases.ts';
import { topics as topics17 } from './1.7.ts';
import { topics as assets17 } from './1.7-assets.ts';
import { topics as topics18 } from './1.8.ts';
import { topics as assets18 } from './1.8-assets.ts';
import { type Topic, topicOf } from './topic.ts';

/** Every topic, by the minor that brought it. */
export const catalogue: readonly Topic[] = [
  topics13,
  topics14,
  topics15,
  topics16,
  releases,
  topics17,
  assets17,
  topics18,
  assets18,
].flatMap((topics) => topics.map(topicOf));

const byId = new Map(catalogue.map((topic) => [topic.id, topic]));

/** The topic with an id, undefined for none. */
export function topicById(id: string): Topic | undefined {
  return byId.get(id);
}
