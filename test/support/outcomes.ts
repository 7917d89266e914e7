import type { MatrixRow } from '../../src/report/matrix.ts';
import type {
  ApplyOutcome,
  GeneratedProject,
  KnownVersions,
  PackContent,
  PristineDiff,
  UndoOutcome,
} from '../../src/report/outcome.ts';
import { edit, everyHostile } from './plans.ts';

/** Results of the other commands as typed values, hostile text included. */

export const matrix: readonly MatrixRow[] = [
  {
    tool: 'elixir',
    needed: '1.15',
    agrees: false,
    uses: [
      { version: '1.12.3', at: { path: '.tool-versions', line: 1 } },
      { version: '1.14.5', at: { path: 'Dockerfile', line: 4 } },
      { version: everyHostile, at: { path: everyHostile, line: 2 } },
    ],
  },
  { tool: 'node', needed: null, agrees: true, uses: [{ version: '18', at: { path: '.nvmrc', line: 1 } }] },
];

export const applied: ApplyOutcome = {
  dryRun: false,
  branch: 'phoenix-1.8',
  applied: [
    { step: 'elixir-requirement', commit: '1f3a9c2' },
    { step: 'release', commit: null },
  ],
  left: [{ step: 'endpoint-session', reason: `you changed it: ${everyHostile}` }],
  conflicts: [{ path: `lib/${everyHostile}.ex`, line: 9 }],
  files: [
    { path: 'mix.exs', kind: 'modify' },
    { path: everyHostile, kind: 'create' },
  ],
  commands: ['mix deps.get'],
};

export const undone: UndoOutcome = { steps: ['release'], restored: ['mix.exs', everyHostile] };

export const known: KnownVersions = {
  latest: '1.8.12',
  versions: [
    { version: '1.3.4', sources: ['snapshots'] },
    { version: '1.8.12', sources: ['snapshots', 'cache'] },
  ],
};

export const pristineDiff: PristineDiff = {
  from: '1.7.21',
  to: '1.8.12',
  flags: ['--no-ecto'],
  files: [edit('mix.exs', 'modify', 'a\n', 'b\n'), edit('b.ex', 'rename', 'a\n', 'b\n', 'a.ex')],
};

export const generated: GeneratedProject = {
  version: '1.8.12',
  flags: [],
  source: 'mix',
  directory: everyHostile,
  files: 71,
};

export const content: PackContent = {
  file: everyHostile,
  projects: [{ version: '1.8.12', flags: ['--no-ecto'], files: 68 }],
};
