import { z } from 'zod';
import { detectSchema } from './detect.ts';
import { errorSchema } from './error.ts';
import { applySchema, undoListSchema, undoSchema } from './outcome.ts';
import { checkSchema, planSchema } from './plan.ts';
import { cacheSchema, diffSchema, generateSchema, packSchema, versionsSchema } from './pristine.ts';
import { stepwiseSchema } from './stepwise.ts';
import { topicsSchema } from './topics.ts';

/** Every document that leaves the program, by the name in its `schema`. */
export const documentSchemas = {
  apply: applySchema,
  cache: cacheSchema,
  check: checkSchema,
  detect: detectSchema,
  diff: diffSchema,
  error: errorSchema,
  generate: generateSchema,
  pack: packSchema,
  plan: planSchema,
  stepwise: stepwiseSchema,
  topics: topicsSchema,
  undo: undoSchema,
  'undo-list': undoListSchema,
  versions: versionsSchema,
} as const;
/** A document that leaves the program, as its `schema` key names it. */
export type DocumentName = keyof typeof documentSchemas;

/**
 * The JSON Schema (draft 2020-12) of a document, as text of the file `schema/<name>-1.json`. It allows unknown
 * keys, so that a reader with an older copy accepts a newer document of the same version.
 */
export function jsonSchemaText(name: DocumentName): string {
  const schema = documentSchemas[name];
  const { $schema: dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  const $id = schema.shape.$schema.value;
  return `${JSON.stringify({ $schema: dialect, $id, title: schema.shape.schema.value, ...rest }, null, 2)}\n`;
}
