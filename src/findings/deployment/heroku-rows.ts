import { migrates } from '../../docker/migrating.ts';
import { nestedValue } from '../../docker/nested-value.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { hasRepo } from './repo.ts';
import type { Sources } from './sources.ts';
import { readYaml } from './yaml.ts';

/** Migrations and connections where a `Procfile` says what runs. */
export function procfile(path: string, text: string, input: DeployInput, sources: Sources): Seen[] {
  const lines = text.split('\n').map((line, index) => ({
    line: index + 1,
    name: line.slice(0, line.indexOf(':')).trim(),
    command: line.slice(line.indexOf(':') + 1),
  }));
  const web = lines.find(({ name }) => name === 'web');
  const release = lines.find(({ name }) => name === 'release');
  const atStart = web && programsOf(scriptCommands(web.command)).some(migrates);
  const findings = atStart
    ? [{ path, line: web.line, message: 'every instance that boots migrates; a release: line runs it once' }]
    : [];
  const missing =
    hasRepo(input) && web && !atStart && !(release && programsOf(scriptCommands(release.command)).some(migrates));
  const none = missing
    ? [{ path, line: web.line, message: 'no release: line migrates the database before a new version starts' }]
    : [];
  return [...seen('migrations-at-start', findings), ...seen('procfile-release', none), ...poolSize(input, sources)];
}

/** Heroku's smallest Postgres plans take 20 connections, for all instances and one-off commands together. */
const smallPlanConnections = 20;

function poolSize({ tree }: DeployInput, _sources: Sources): Seen[] {
  const [document] = readYaml(tree.read('app.json') ?? '');
  const value = nestedValue(document?.value, ['env', 'POOL_SIZE']);
  const size = Number(typeof value === 'object' ? nestedValue(value, ['value']) : value);
  if (!document || !Number.isFinite(size) || size < smallPlanConnections) return [];
  const message = `POOL_SIZE ${size}: a small Postgres plan takes ${smallPlanConnections} connections, release commands included`;
  return seen('pool-size', [{ path: 'app.json', line: document.line(['env', 'POOL_SIZE']), message }]);
}
