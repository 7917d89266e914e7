/** Draws the screens in docs/walkthrough.md anew: `tsx scripts/walkthrough-screens.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withScreens } from '../test/tui/support/screens.ts';

const path = join(import.meta.dirname, '..', 'docs', 'walkthrough.md');
writeFileSync(path, await withScreens(readFileSync(path, 'utf8')));
