import { tomlValue } from '../docker/fly.ts';
import { migrates } from '../docker/migrating.ts';
import { programsOf, scriptCommands } from '../docker/shell.ts';
import { type Seen, seen } from './observation.ts';
import { everyValue, readYaml, type Sources, type YamlDocument } from './sources.ts';

/** Workloads with the app's own container: probes, time to drain, migrations. */
export function kubernetes(path: string, text: string, sources: Sources): Seen[] {
  return readYaml(text).flatMap((document) => {
    const kind = tomlValue(document.value, ['kind']);
    if (typeof kind !== 'string' || tomlValue(document.value, ['apiVersion']) === undefined) return [];
    if (!['Deployment', 'StatefulSet'].includes(kind) || sources.dep('phoenix') === undefined) return [];
    return workload(path, document);
  });
}

function workload(path: string, document: YamlDocument): Seen[] {
  const pod = ['spec', 'template', 'spec'];
  const containers = tomlValue(document.value, [...pod, 'containers']);
  const list: readonly unknown[] = Array.isArray(containers) ? containers : [];
  const app = list.findIndex((container) => isPhoenix(container));
  if (app === -1) return [];
  const at = (...keys: (string | number)[]) => document.line([...pod, 'containers', app, ...keys]);
  const container = list[app];
  const probe =
    tomlValue(container, ['livenessProbe']) !== undefined &&
    tomlValue(container, ['startupProbe']) === undefined &&
    tomlValue(container, ['livenessProbe', 'initialDelaySeconds']) === undefined;
  const none = ['livenessProbe', 'readinessProbe', 'startupProbe'].every(
    (name) => tomlValue(container, [name]) === undefined,
  );
  const grace = tomlValue(document.value, [...pod, 'terminationGracePeriodSeconds']);
  const commands = [tomlValue(container, ['command']), tomlValue(container, ['args'])]
    .filter(Array.isArray)
    .flat()
    .map(String);
  const initial = tomlValue(document.value, [...pod, 'initContainers']);
  const initCommands = Array.isArray(initial)
    ? initial.map((one) =>
        [tomlValue(one, ['command']), tomlValue(one, ['args'])].filter(Array.isArray).flat().map(String),
      )
    : [];
  const message = 'every instance that boots migrates; a Job runs it once for each deploy';
  return [
    ...seen(
      'kubernetes-probes',
      probe
        ? [
            {
              path,
              line: at('livenessProbe'),
              message: 'no startupProbe: a slow boot is taken for a failure and started over',
            },
          ]
        : [],
    ),
    ...seen(
      'kubernetes-probes',
      none ? [{ path, line: at(), message: 'no probes: traffic reaches instances that have not booted' }] : [],
    ),
    ...seen(
      'kubernetes-grace',
      typeof grace === 'number' && grace < 10
        ? [
            {
              path,
              line: document.line([...pod, 'terminationGracePeriodSeconds']),
              message: `${grace} s are too short to answer what is under way`,
            },
          ]
        : [],
    ),
    ...seen('migrations-at-start', commandsMigrate(commands) ? [{ path, line: at('command'), message }] : []),
    ...seen(
      'migrations-at-start',
      initCommands.some(commandsMigrate) ? [{ path, line: document.line([...pod, 'initContainers']), message }] : [],
    ),
  ];
}

function commandsMigrate(words: readonly string[]): boolean {
  return programsOf(
    scriptCommands(words.map((word) => (/\s/.test(word) ? `'${word.replaceAll("'", '')}'` : word)).join(' ')),
  ).some(migrates);
}

/** The app's own container: it carries Phoenix's variables or starts a release. */
function isPhoenix(container: unknown): boolean {
  return /PHX_HOST|PHX_SERVER|SECRET_KEY_BASE|RELEASE_|bin\/server|bin\/migrate|mix phx|ecto\.migrate|MIX_ENV/.test(
    JSON.stringify(container) ?? '',
  );
}

/** Services of a production compose file that migrate whenever they start. */
export function compose(path: string, text: string, sources: Sources): Seen[] {
  if (!/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path) || sources.dep('phoenix') === undefined) return [];
  // Compose files for development and tests migrate on purpose.
  if (/dev|test|local|override/.test(path) || !/prod|MIX_ENV[=:]\s*["']?prod/.test(path + text)) return [];
  const message = 'every container that starts migrates; run it once before the deploy instead';
  return readYaml(text).flatMap((document) =>
    everyValue(document.value, []).flatMap(({ path: keys, value }) => {
      if (keys.at(-1) !== 'command' && keys.at(-1) !== 'entrypoint') return [];
      const words = Array.isArray(value)
        ? value.map(String)
        : scriptCommands(String(value)).flatMap(({ pipe }) => pipe.flat());
      const bad = Array.isArray(value)
        ? commandsMigrate(words)
        : programsOf(scriptCommands(String(value))).some(migrates);
      // A service that does nothing else is the one-off that is wanted.
      const only = !Array.isArray(value) && scriptCommands(String(value)).length === 1 && !/\bsh\b/.test(String(value));
      return bad && !only ? seen('migrations-at-start', [{ path, line: document.line(keys), message }]) : [];
    }),
  );
}
