import { environment } from '../docker/dockerfile.ts';
import { readToml, tomlValue } from '../docker/fly.ts';
import { migrates } from '../docker/migrating.ts';
import { programsOf, scriptCommands } from '../docker/shell.ts';
import { mixTasks } from '../docker/stages.ts';
import { doable } from './docker-rows.ts';
import type { Finding } from './finding.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { readYaml, type Sources, type YamlDocument } from './sources.ts';
import { everyValue } from './versions.ts';

/** What the descriptions of platforms call for: Fly, Heroku, Kubernetes, systemd, nginx, compose. */
export function platformRows(input: DeployInput, sources: Sources): Seen[] {
  const { tree } = input;
  return tree.paths.flatMap((path) => {
    const text = isPlatformFile(path) ? tree.read(path) : undefined;
    if (text === undefined) return [];
    if (path.endsWith('.toml')) return fly(path, text, input, sources);
    if (path.endsWith('Procfile')) return procfile(path, text, input, sources);
    if (/\.service$/.test(path)) return systemd(path, text);
    if (/\.ya?ml$/.test(path)) return [...kubernetes(path, text, sources), ...compose(path, text, sources)];
    return nginx(path, text);
  });
}

function isPlatformFile(path: string): boolean {
  if (/(?:^|\/)(?:test|deps|priv\/templates|\.github|\.gitlab|\.circleci)\//.test(path)) return false;
  return /(?:^|\/)(?:fly[\w.-]*\.toml|Procfile)$|\.service$|\.ya?ml$|(?:^|\/)nginx[^/]*\.conf$|(?:^|\/)nginx\/.*(?:\.conf|sites-\w+\/[^/]+)$|\.nginx$/.test(
    path,
  );
}

function hasRepo({ config }: DeployInput): boolean {
  return config.entries.some(({ keyPath }) => keyPath[1] === 'ecto_repos');
}

function fly(path: string, text: string, input: DeployInput, sources: Sources): Seen[] {
  const toml = readToml(text);
  if (!toml) return [];
  const at = (...keys: string[]) => toml.line(keys) ?? toml.line(keys.slice(0, 1)) ?? 1;
  const value = (...keys: string[]) => tomlValue(toml.value, keys);
  return [
    ...releaseCommand(path, text, input, {
      line: at('deploy', 'release_command'),
      value: value('deploy', 'release_command'),
    }),
    ...flyAddress(
      path,
      { host: value('env', 'PHX_HOST'), port: value('env', 'PORT'), internal: internalPort(toml.value), at },
      sources,
    ),
    ...flyService(path, toml.value, at),
    ...flyStop(path, text, { signal: value('kill_signal'), timeout: value('kill_timeout'), at }),
  ];
}

function releaseCommand(
  path: string,
  text: string,
  input: DeployInput,
  { line, value }: { line: number; value: unknown },
): Seen[] {
  if (!hasRepo(input)) return [];
  const command = typeof value === 'string' ? value : null;
  const message =
    command === null
      ? 'nothing migrates the database before a new version starts'
      : 'release_command runs Mix, which a release does not have';
  const usesMix = command !== null && programsOf(scriptCommands(command)).some((words) => mixTasks(words).length > 0);
  if (command !== null && !usesMix) return [];
  const operation = {
    kind: 'fly-set' as const,
    path,
    table: ['deploy'],
    key: 'release_command',
    value: '/app/bin/migrate',
  };
  return seen('fly-release-command', [{ path, line, message }], doable(text, operation));
}

function internalPort(toml: unknown): unknown {
  const service = tomlValue(toml, ['http_service', 'internal_port']);
  const services = tomlValue(toml, ['services']);
  const first: unknown = Array.isArray(services) ? services[0] : undefined;
  return service ?? tomlValue(first, ['internal_port']);
}

interface FlyAddress {
  readonly host: unknown;
  readonly port: unknown;
  readonly internal: unknown;
  readonly at: (...keys: string[]) => number;
}

function flyAddress(path: string, { host, port, internal, at }: FlyAddress, sources: Sources): Seen[] {
  const image = sources.dockerfiles.flatMap(({ dockerfile }) =>
    dockerfile.stages.slice(-1).map((stage) => environment(stage).get('PORT')),
  )[0];
  const listens = String(port ?? image ?? 4000);
  const findings: Finding[] = [];
  if (host === undefined)
    findings.push({
      path,
      line: at('env'),
      message: 'PHX_HOST is not set: links and the origin check of websockets use example.com',
    });
  if (internal !== undefined && String(internal) !== listens) {
    const line = port === undefined ? at('http_service', 'internal_port') : at('env', 'PORT');
    findings.push({
      path,
      line,
      message: `the app listens on PORT ${listens}, Fly connects to internal_port ${internal}`,
    });
  }
  return seen('fly-address', findings);
}

function flyService(path: string, toml: unknown, at: FlyAddress['at']): Seen[] {
  const checks = JSON.stringify(toml).match(/"(?:checks|http_checks|tcp_checks|script_checks)":(?:\[\{|\{"|\[\{)/);
  if (checks || internalPort(toml) === undefined) return [];
  const message = 'no health check: a version that does not boot replaces one that works';
  return seen('fly-health-check', [{ path, line: at('http_service'), message }]);
}

/** Fly's own defaults: SIGINT and five seconds. */
function flyStop(
  path: string,
  text: string,
  { signal, timeout, at }: { signal: unknown; timeout: unknown; at: FlyAddress['at'] },
): Seen[] {
  const seconds = durationSeconds(timeout);
  const findings: Finding[] = [];
  if (signal !== 'SIGTERM')
    findings.push({
      path,
      line: at('kill_signal'),
      message: `kill_signal is ${signal ?? 'SIGINT'}: the VM shuts down in order on SIGTERM only`,
    });
  if (seconds !== null && seconds < 5)
    findings.push({
      path,
      line: at('kill_timeout'),
      message: `kill_timeout of ${seconds} s ends requests before they are answered`,
    });
  const operation = { kind: 'fly-set' as const, path, table: [], key: 'kill_signal', value: 'SIGTERM' };
  const operations = doable(text, operation);
  return seen('fly-stop', findings, operations);
}

function durationSeconds(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const [, number = '', unit = ''] = typeof value === 'string' ? (/^(\d+)(s|m|ms)?$/.exec(value) ?? []) : [];
  if (number === '') return null;
  return Number(number) * (unit === 'm' ? 60 : unit === 'ms' ? 0.001 : 1);
}

function procfile(path: string, text: string, input: DeployInput, sources: Sources): Seen[] {
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
  const value = tomlValue(document?.value, ['env', 'POOL_SIZE']);
  const size = Number(typeof value === 'object' ? tomlValue(value, ['value']) : value);
  if (!document || !Number.isFinite(size) || size < smallPlanConnections) return [];
  const message = `POOL_SIZE ${size}: a small Postgres plan takes ${smallPlanConnections} connections, release commands included`;
  return seen('pool-size', [{ path: 'app.json', line: document.line(['env', 'POOL_SIZE']), message }]);
}

function kubernetes(path: string, text: string, sources: Sources): Seen[] {
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

function compose(path: string, text: string, sources: Sources): Seen[] {
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

function systemd(path: string, text: string): Seen[] {
  return text.split('\n').flatMap((line, index) => {
    const [, key = '', command = ''] = /^\s*(Exec\w+)\s*=\s*[-@:+!]*(.*)$/.exec(line) ?? [];
    const old = /(?:^|\/)bin\/\S+\s+(foreground|console|reboot|upgrade|ping|start_boot)\b/.exec(command)?.[1];
    const mix = programsOf(scriptCommands(command)).some((words) => mixTasks(words).length > 0);
    if (!key || (!old && !mix)) return [];
    const message = old
      ? `${key} uses ${old}, a command of Distillery; a release has start, stop, restart, remote, eval and rpc`
      : `${key} starts the app through Mix; a release has bin/server`;
    return seen('systemd-unit', [{ path, line: index + 1, message }]);
  });
}

/** Proxied locations whose server never passes on the upgrade to a websocket. */
function nginx(path: string, text: string): Seen[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, ''));
  const proxy = lines.findIndex((line) => /\bproxy_pass\b/.test(line));
  const upgrades =
    /proxy_set_header\s+upgrade\s+\$http_upgrade/i.test(lines.join('\n')) &&
    /proxy_set_header\s+connection\b/i.test(lines.join('\n'));
  if (proxy === -1 || upgrades) return [];
  const message = 'Upgrade and Connection are not passed on: websockets of LiveView and channels fail';
  return seen('nginx-websocket', [{ path, line: proxy + 1, message }]);
}
