import { migrates } from '../../docker/migrating.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import { readToml } from '../../toml/toml.ts';
import type { FindingContext } from '../context.ts';
import { startedScripts, startInstructions } from './docker-file.ts';
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
  return context.tree.paths.some((path) => {
    const looks = looksByPath.find(({ files }) => files.test(path));
    if (!looks || started.includes(path) || isTest(path)) return false;
    return looks.migrates(context.tree.read(path) ?? '');
  });
}

interface Look {
  readonly files: RegExp;
  readonly migrates: (text: string) => boolean;
}

/** The first that fits a path looks at the file. */
const looksByPath: readonly Look[] = [
  { files: /(?:^|\/)fly[\w.-]*\.toml$/, migrates: flyMigrates },
  { files: /(?:^|\/)Procfile$/, migrates: (text) => lineMigrates(/^release:(.*)$/m.exec(text)?.[1] ?? '') },
  { files: /(?:^|\/)app\.json$|(?:^|\/)render\.ya?ml$/, migrates: (text) => /ecto\.migrate|bin\/migrate/.test(text) },
  { files: /(?:^|\/)\.(?:github|gitlab|circleci)[\w/.-]*\.ya?ml$/, migrates: releaseMigrates },
  { files: /\.ya?ml$/, migrates: jobMigrates },
  { files: /(?:^|\/)rel\//, migrates: () => false },
  { files: /\.(?:sh|bash)$|(?:^|\/)(?:Makefile|[Jj]ustfile)$/, migrates: releaseMigrates },
];

function isTest(path: string): boolean {
  return /(?:^|\/)(?:test|tests|deps|node_modules|\.devcontainer)\//.test(path);
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
