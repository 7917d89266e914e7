import { migrates } from '../../docker/migrating.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { scriptFindings } from './command-lists.ts';

/** Platforms that keep backups of their databases. */
const keepsBackups = /^(?:fly[\w.-]*\.toml|Procfile|app\.json|render\.yaml|gigalixir[\w.-]*)$/;

export const backupRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'no-backup',
    topic: 'no-backup',
    look: backup,
  },
];

/** A deploy script on own servers that migrates, where nothing dumps the database first. */
function backup({ tree, build }: FindingContext): Sighting[] {
  if (tree.paths.some((path) => keepsBackups.test(path))) return [];
  const own = tree.paths.some((path) => /\.service$|(?:^|\/)nginx|^\.deliver\//.test(path));
  const dumps = build.scripts.some(({ text }) =>
    /\bpg_dump(?:all)?\b|\bmysqldump\b|\bpgbackrest\b|\bwal-g\b/.test(text),
  );
  if (!own || dumps) return [];
  const message =
    'migrates without a backup: dump the database first (pg_dump), and keep the dump until the deploy holds';
  const findings = build.scripts
    .filter(({ path }) => /deploy|release|rollout|publish|prod/i.test(path) && !path.startsWith('rel/overlays/'))
    .flatMap((script) => scriptFindings(script, migrates, message));
  return sighting(findings);
}
