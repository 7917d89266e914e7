import { writeFileSync } from 'node:fs';
import { type DocumentName, documentSchemas, jsonSchemaText } from '../src/report/document/json-schemas.ts';

/** Writes `schema/` from the zod schemas: `npm run schemas`. */
for (const name of Object.keys(documentSchemas) as DocumentName[]) {
  writeFileSync(new URL(`../schema/${name}-1.json`, import.meta.url), jsonSchemaText(name));
}
