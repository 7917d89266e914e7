import { migrates } from '../../docker/migrating.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import { readToml } from '../../toml/toml.ts';
import type { FindingContext } from '../context.ts';
import { commandFormat } from './command-files.ts';
import { startedScripts, startInstructions } from './docker-file.ts';
import { ofDevelopment } from './production.ts';
import { everyValue, readYaml } from './yaml.ts';

/**
 * Whether something of the project migrates once for each deploy, apart from what a container starts with: the release
 * command of a platform, a Job, a script or workflow that deploys. Without that, what migrates at the start is the only
 * place that does, and stays.
 */
export function migratesOnce(context: FindingContext): boolean {
  const started = context.build.dockerfiles
    .flatMap(({ dockerfile }) => startInstructions(dockerfile))
    .flatMap((start) => startedScripts(start, context.build).map(({ path }) => path));
  const scripts = new Set(context.build.scripts.map(({ path }) => path));
  return context.tree.paths.some((path) => {
    if (started.includes(path) || isElsewhere(path)) return false;
    const text = () => context.tree.read(path) ?? '';
    return (scripts.has(path) || commandFormat(path, text) !== null) && migratesInFile(path, text());
  });
}

/** Whether what a file says migrates once a deploy, by what the file is. Which files hold commands is said in one place. */
function migratesInFile(path: string, text: string): boolean {
  if (/(?:^|\/)fly[\w.-]*\.toml$/.test(path)) return flyMigrates(text);
  if (/(?:^|\/)Procfile$/.test(path)) return lineMigrates(/^release:(.*)$/m.exec(text)?.[1] ?? '');
  // These run whenever an instance starts.
  if (/(?:^|\/)rel\/|\.service$|(?:^|\/)supervisord?[\w.-]*\.(?:conf|ini)$/.test(path)) return false;
  if (/(?:^|\/)app\.json$|(?:^|\/)render\.ya?ml$/.test(path)) return /ecto\.migrate|bin\/migrate/.test(text);
  if (/\.ya?ml$/.test(path) && !ofWorkflows.test(path) && describesWorkloads(text)) return jobMigrates(text);
  return releaseMigrates(text);
}

/** A description of what runs all the time, or once: of Kubernetes, or of a compose file. */
function describesWorkloads(text: string): boolean {
  return /^(?:apiVersion|services)\s*:/m.test(text);
}

const ofWorkflows = /(?:^|\/)\.(?:github|gitlab|circleci|buildkite|semaphore|travis)/;

/** Whether a file only serves those who develop or test the app. */
function isElsewhere(path: string): boolean {
  const isDevelopers = ofDevelopment.test(path) && !ofWorkflows.test(path);
  return isDevelopers || /(?:^|\/)(?:deps|node_modules)\/|(?:^|\/)(?:package\.json|Vagrantfile)$/.test(path);
}

function flyMigrates(text: string): boolean {
  const command = nestedValue(readToml(text)?.value, ['deploy', 'release_command']);
  return typeof command === 'string' && lineMigrates(command);
}

/** A Job of Kubernetes, or a service of a compose file that does nothing else. */
function jobMigrates(text: string): boolean {
  return readYaml(text).some(({ value }) => {
    const kind = nestedValue(value, ['kind']);
    const isOnce = kind === 'Job' || (kind === undefined && nestedValue(value, ['services']) !== undefined);
    const commands = everyValue(value, []).filter(({ path }) => ['command', 'args'].includes(String(path.at(-1))));
    return isOnce && commands.some(({ value: words }) => onlyMigrates([words].flat().map(String).join(' ')));
  });
}

function lineMigrates(line: string): boolean {
  return programsOf(scriptCommands(line)).some(migrates);
}

function onlyMigrates(line: string): boolean {
  return lineMigrates(line) && !/\b(?:start|server|foreground)\b/.test(line);
}

/** A line that migrates through a release or on a platform: what Mix migrates in a workflow is its own database. */
function releaseMigrates(text: string): boolean {
  return text
    .split('\n')
    .some(
      (line) =>
        /^[^#]*(?:\bbin\/migrate\b|\b(?:eval|rpc)\b.*migrate)/i.test(line) ||
        /^[^#]*\b(?:heroku|gigalixir|fly|flyctl|kubectl|ssh)\b.*migrate/.test(line),
    );
}
