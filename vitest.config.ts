import { defineConfig } from 'vitest/config';

const report = process.env.VITEST_JSON_REPORT;

/** Tests of what takes values and gives values: `npm run test:quick`. */
const pure = [
  'elixir',
  'docker',
  'topics',
  'project',
  'packages',
  'facts',
  'symbols',
  'diff',
  'merge',
  'findings',
  'rewrites',
  'templates',
  'plan',
  'report',
];
const pureTests = `test/{${pure.join(',')}}/**/*.test.{ts,tsx}`;

/**
 * Tests that start hundreds of processes. Starting one takes the longer the more memory the starter holds (five times as long with
 * two gigabytes), so each of these files has a worker of its own.
 */
const startingTests = ['test/apply/**/*.test.ts'];

export default defineConfig({
  test: {
    // Whole plans and git: on a machine that does other things too, a test takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Vitest leaves one core to itself, which on two is half the machine.
    maxWorkers: '100%',
    // No test asks the repository of packages; those of the source `hex` have one of their own.
    env: { HEX_OFFLINE: '1' },
    ...(report ? { reporters: ['default', ['json', { outputFile: report }]] } : {}),
    // Most of what a short file of tests does is to load modules and snapshots: the files of one worker share them.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'quick', include: [pureTests] } },
      { extends: true, test: { name: 'starting', isolate: true, include: startingTests } },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.{ts,tsx}'], exclude: [pureTests, ...startingTests] },
      },
    ],
  },
});
