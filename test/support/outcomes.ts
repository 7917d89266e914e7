import type { PristineDiff } from '../../src/diff/pristine-diff.ts';
import type {
  ApplyOutcome,
  GeneratedProject,
  KnownVersions,
  UndoableApply,
  UndoOutcome,
} from '../../src/library/outcome.ts';
import type { CachedFile } from '../../src/pristine/sources/cache.ts';
import type { PackedProject } from '../../src/pristine/sources/pack/pack-build.ts';
import { everyHostile } from './plans.ts';

/** Results of the other commands as typed values, hostile text included. */

export const applied: ApplyOutcome = {
  dryRun: false,
  branch: 'phoenix-1.8',
  applied: ['elixir-requirement', 'release'],
  left: [{ step: 'endpoint-session', reason: `you changed it: ${everyHostile}` }],
  written: ['mix.exs', everyHostile],
  deleted: ['rel/config.exs'],
  commits: [{ step: 'elixir-requirement', commit: '1f3a9c2' }],
  conflicts: [`lib/${everyHostile}.ex`],
  copies: [{ path: 'mix.exs', copy: `/copies/${everyHostile}` }],
  commands: ['mix deps.get'],
};

export const undone: UndoOutcome = {
  steps: ['release', everyHostile],
  commits: ['1f3a9c2'],
  files: ['mix.exs', everyHostile],
  copies: [{ path: 'mix.exs', copy: '/copies/mix.exs' }],
  commitsKept: true,
};

export const undoable: readonly UndoableApply[] = [
  { steps: ['release'], files: ['mix.exs', everyHostile], commits: ['1f3a9c2'], edited: [everyHostile] },
  { steps: [everyHostile], files: [], commits: [], edited: [] },
];

export const known: KnownVersions = {
  latest: '1.8.12',
  versions: [
    { version: '1.3.4', sources: ['snapshots'] },
    { version: '1.8.12', sources: ['snapshots', 'cache'] },
  ],
};

export const comparison: PristineDiff = {
  from: { version: '1.7.21', source: 'pack', toolchain: null, dropped: [] },
  to: { version: '1.8.12', source: 'mix', toolchain: 'elixir-1.14.0-otp-25', dropped: [] },
  diff: {
    files: [
      {
        status: 'renamed',
        path: 'lib/shop/name.ex',
        from: 'lib/shop/old_name.ex',
        similarity: 50,
        oldMode: '100644',
        newMode: '100644',
        blobs: { old: 'a'.repeat(40), new: 'b'.repeat(40) },
        hunks: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, heading: '', lines: ['-top', '+bottom'] }],
        binary: null,
      },
    ],
  },
};

export const generated: GeneratedProject = {
  version: '1.8.12',
  flags: [],
  source: 'mix',
  directory: everyHostile,
  files: 71,
};

export const packed: readonly PackedProject[] = [
  {
    version: '1.8.12',
    variant: 'no-ecto',
    flags: ['--no-ecto'],
    part: 'release',
    toolchain: everyHostile,
    files: 1,
  },
];

export const cached: readonly CachedFile[] = [
  { version: '1.8.12', toolchain: everyHostile, flags: ['--no-ecto'], app: everyHostile, part: 'project', bytes: 2049 },
];
