#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { processContext } from './context.ts';
import { forOneRun } from './engine.ts';
import { explain } from './failure.ts';
import { run } from './run.ts';

forOneRun();
const argv = process.argv.slice(2);
const context = processContext();
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

for (const stream of [process.stdout, process.stderr]) {
  // A reader that has seen enough (`| head`) is no failure; there is nobody left to tell.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  process.exitCode = await run(argv, version, context);
} catch (error) {
  process.exitCode = await explain(error, argv, context);
}
