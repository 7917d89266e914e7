/**
 * Makes one `dist/index.d.ts` of the declarations that `tsc` wrote to `dist/types`: what the library's entry reaches, under
 * one roof, and nothing of the other folders.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const dist = join(import.meta.dirname, '..', 'dist');
const declared = join(dist, 'types');

const bundle = await rolldown({
  input: { index: join(declared, 'index.d.ts') },
  external: /^[^./]/,
  plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false })],
});
await bundle.write({ dir: dist, format: 'es' });
await bundle.close();
rmSync(declared, { recursive: true });
