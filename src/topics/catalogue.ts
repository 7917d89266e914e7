import { topics as patches } from './1.3.ts';
import { topics as assets14 } from './1.4-assets.ts';
import { topics as config14 } from './1.4-config.ts';
import { topics as deps14 } from './1.4-deps.ts';
import { topics as web14 } from './1.4-web.ts';
import { topics as assets15 } from './1.5-assets.ts';
import { topics as config15 } from './1.5-config.ts';
import { topics as deps15 } from './1.5-deps.ts';
import { topics as web15 } from './1.5-web.ts';
import { topics as assets16 } from './1.6-assets.ts';
import { topics as config16 } from './1.6-config.ts';
import { topics as deps16 } from './1.6-deps.ts';
import { topics as releases16 } from './1.6-releases.ts';
import { topics as web16 } from './1.6-web.ts';
import { topics as assets17 } from './1.7-assets.ts';
import { topics as config17 } from './1.7-config.ts';
import { topics as deps17 } from './1.7-deps.ts';
import { topics as templates17 } from './1.7-templates.ts';
import { topics as web17 } from './1.7-web.ts';
import { topics as assets18 } from './1.8-assets.ts';
import { topics as config18 } from './1.8-config.ts';
import { topics as deps18 } from './1.8-deps.ts';
import { topics as web18 } from './1.8-web.ts';
import { topics as deployment } from './deployment.ts';
import { topics as generated } from './generated.ts';
import { topics as packages } from './packages.ts';
import { type GeneratorTopic, isOfGenerator, type Topic, topicOf } from './topic.ts';

/** Every topic: by the minor that brought it, then those of deployment, of packages and of generated code. */
export const catalogue: readonly Topic[] = [
  patches,
  deps14,
  config14,
  web14,
  assets14,
  deps15,
  config15,
  web15,
  assets15,
  deps16,
  config16,
  web16,
  assets16,
  releases16,
  deps17,
  config17,
  web17,
  templates17,
  assets17,
  deps18,
  config18,
  web18,
  assets18,
  deployment,
  packages,
  generated,
].flatMap((topics) => topics.map(topicOf));

/** The topics that the generator brought. */
export const generatorTopics: readonly GeneratorTopic[] = catalogue.filter(isOfGenerator);

const byId = new Map(catalogue.map((topic) => [topic.id, topic]));

/** The topic with an id, undefined for none. */
export function topicById(id: string): Topic | undefined {
  return byId.get(id);
}
