import { migrates } from '../../docker/migrating.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { lineEdit } from './line-edits.ts';
import { namesElixir, type PlatformFile, platformRule } from './platform-file.ts';
import { productionLists } from './production.ts';
import { releaseName } from './release-name.ts';
import { hasRepo } from './repo.ts';
import { isRunByMix } from './run-by-mix.ts';
import { readYaml } from './yaml.ts';

const procfile = /(?:^|\/)Procfile$/;

/** Migrations and connections where a `Procfile` says what runs. */
export const herokuRules: readonly ProjectRule[] = [
  platformRule('procfile-migrations', procfile, procfileMigrations, 'migrations-at-start'),
  platformRule('procfile-release', procfile, releasePhase),
  platformRule('pool-size', procfile, poolSize),
];

/** What a line of a `Procfile` starts, by the line's name. */
function processOf(text: string, wanted: string): { readonly line: number; readonly migrates: boolean } | undefined {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.slice(0, line.indexOf(':')).trim() === wanted);
  const command = lines[index]?.slice(lines[index].indexOf(':') + 1);
  if (command === undefined) return undefined;
  return { line: index + 1, migrates: programsOf(scriptCommands(command)).some(migrates) };
}

/** Migrations in what starts the web process. */
function procfileMigrations({ path, text }: PlatformFile): Sighting[] {
  const web = processOf(text, 'web');
  const message = 'every instance that boots migrates; a release: line runs it once';
  return web?.migrates ? sighting([{ path, line: web.line, message }]) : [];
}

/** A database that nothing migrates. Below the root a `Procfile` may be another program's. */
function releasePhase({ path, text }: PlatformFile, context: FindingContext): Sighting[] {
  const web = processOf(text, 'web');
  if (path.includes('/') && !namesElixir(text)) return [];
  if (!hasRepo(context) || !web || web.migrates || processOf(text, 'release')?.migrates) return [];
  if (isMigratedByScript(context)) return [];
  const release = releaseName(context.names, context.build);
  const isByMix = isRunByMix(context.build);
  const command = isByMix
    ? `${assignments(text, web.line)}mix ecto.migrate`
    : `_build/prod/rel/${release}/bin/${release} eval "${context.names.module}.Release.migrate"`;
  const message = `no release: line migrates the database before a new version starts: write release: ${command}`;
  const place = { path, line: web.line };
  // Whether a release has the function is known only once it is made.
  return sighting([{ ...place, message }], isByMix ? lineEdit(place, text, (own) => [`release: ${command}`, own]) : []);
}

/** `MIX_ENV=staging ` of `web: MIX_ENV=staging mix phx.server`: what runs beside it needs it, too. */
function assignments(text: string, line: number): string {
  return /^\s*web:\s*((?:\w+=\S+\s+)*)/.exec(text.split(/\r?\n/)[line - 1] ?? '')?.[1] ?? '';
}

/** Whether a script that production starts with does it, on a platform beside this one. */
function isMigratedByScript(context: FindingContext): boolean {
  const scripts = new Set(context.build.scripts.map(({ path }) => path));
  return productionLists(context).some(
    (list) => scripts.has(list.path) && list.programs.some(({ words }) => migrates(words)),
  );
}

/** Heroku's smallest Postgres plans take 20 connections, for all instances and one-off commands together. */
const smallPlanConnections = 20;

/** More connections for an instance than the database has. */
function poolSize(_procfile: PlatformFile, { tree }: FindingContext): Sighting[] {
  const [document] = readYaml(tree.read('app.json') ?? '');
  const value = nestedValue(document?.value, ['env', 'POOL_SIZE']);
  const size = Number(typeof value === 'object' ? nestedValue(value, ['value']) : value);
  if (!document || !Number.isFinite(size) || size < smallPlanConnections) return [];
  const message = `POOL_SIZE ${size}: a small Postgres plan takes ${smallPlanConnections} connections, release commands included`;
  return sighting([{ path: 'app.json', line: document.line(['env', 'POOL_SIZE']), message }]);
}
