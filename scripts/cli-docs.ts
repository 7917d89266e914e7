import { readFileSync, writeFileSync } from 'node:fs';
import { referenceText } from '../src/cli/reference.ts';

/** Writes the reference in `docs/cli.md` from the declarations: `npx tsx scripts/cli-docs.ts`. */
const path = new URL('../docs/cli.md', import.meta.url);
const [opening = ''] = readFileSync(path, 'utf8').split('## Reference\n');
writeFileSync(path, `${opening}## Reference\n\n${referenceText()}`);
