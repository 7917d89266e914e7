/**
 * Holds the program against generated projects: `npm run verify NAME DIRECTORY [MORE]`. The directory is an unpacked
 * pack, or its `pristine/` alone, laid out `<version>/<variant>/`. Without a name, lists them. Exits 1 where something
 * is wrong.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Check, say } from './verify/check.ts';
import { convergence } from './verify/convergence.ts';
import { diff } from './verify/diff.ts';
import { files } from './verify/files.ts';
import { generated } from './verify/generated.ts';
import { hex } from './verify/hex.ts';
import { mirror } from './verify/mirror.ts';
import { pack } from './verify/pack.ts';
import { rewrites } from './verify/rewrites.ts';
import { steps } from './verify/steps.ts';
import { stepwise } from './verify/stepwise.ts';

const checks: Readonly<Record<string, Check>> = {
  pack,
  files,
  diff,
  convergence,
  stepwise,
  steps,
  rewrites,
  hex,
  generated,
  mirror,
};

const [name = '', directory, ...rest] = process.argv.slice(2);
const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
if (check === undefined || directory === undefined) {
  say('npm run verify NAME DIRECTORY [MORE]');
  for (const [known, { says }] of Object.entries(checks)) say(`  ${known.padEnd(12)} ${says}`);
  process.exitCode = 2;
} else {
  const nested = join(directory, 'pristine');
  const input = existsSync(nested)
    ? { pack: directory, projects: nested, rest }
    : { pack: dirname(resolve(directory)), projects: directory, rest };
  process.exitCode = (await check.run(input)) ? 0 : 1;
}
