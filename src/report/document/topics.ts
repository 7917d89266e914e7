import { z } from 'zod';
import type { Topic } from '../../topics/topic.ts';
import { opening } from './opening.ts';
import { heading, stepSchema, toolSchema } from './parts.ts';

/** Schema of `topics --json`, and of `explain --json` with one topic. */
export const topicsSchema = z.object({
  ...heading('topics'),
  tool: toolSchema,
  topics: z.array(
    stepSchema
      .pick({ id: true, title: true, why: true, docs: true, area: true, need: true, risk: true, after: true })
      .extend({
        breaks: z.string().nullable().meta({ description: 'What fails without it.' }),
        since: z
          .string()
          .nullable()
          .meta({ description: 'Version of the generator that brought it; null for deployment.' }),
        until: z.string().nullable(),
        commands: z.array(z.string()),
        caution: z.string().optional(),
      }),
  ),
});
export type TopicsDocument = z.infer<typeof topicsSchema>;

/** What `topics --json` prints, and `explain TOPIC --json` with the one topic. */
export function topicsDocument(topics: readonly Topic[], toolVersion: string): TopicsDocument {
  return {
    ...opening('topics'),
    tool: { version: toolVersion },
    topics: topics.map(
      ({ id, title, why, docs, area, need, risk, after, breaks, since, until, commands, caution }) => ({
        ...{ id, title, why, docs, area, need, risk, breaks, since, until },
        after: [...after],
        commands: [...commands],
        ...(caution === undefined ? {} : { caution }),
      }),
    ),
  };
}
