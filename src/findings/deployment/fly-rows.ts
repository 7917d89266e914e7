import { environment } from '../../docker/dockerfile.ts';
import { readToml } from '../../docker/fly.ts';
import { nestedValue } from '../../docker/nested-value.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';
import type { Finding } from '../finding.ts';
import { doable } from './docker-file.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { hasRepo } from './repo.ts';
import type { Sources } from './sources.ts';

/** What a `fly.toml` lacks: migrations, address, health check, an orderly stop. */
export function fly(path: string, text: string, input: DeployInput, sources: Sources): Seen[] {
  const toml = readToml(text);
  if (!toml) return [];
  const at = (...keys: string[]) => toml.line(keys) ?? toml.line(keys.slice(0, 1)) ?? 1;
  const value = (...keys: string[]) => nestedValue(toml.value, keys);
  return [
    ...releaseCommand(path, text, input, {
      line: at('deploy', 'release_command'),
      value: value('deploy', 'release_command'),
    }),
    ...flyAddress(
      path,
      { host: value('env', 'PHX_HOST'), port: value('env', 'PORT'), internal: internalPort(toml.value), at },
      sources,
      namesOwnHost(input),
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
  const service = nestedValue(toml, ['http_service', 'internal_port']);
  const services = nestedValue(toml, ['services']);
  const first: unknown = Array.isArray(services) ? services[0] : undefined;
  return service ?? nestedValue(first, ['internal_port']);
}

interface FlyAddress {
  readonly host: unknown;
  readonly port: unknown;
  readonly internal: unknown;
  readonly at: (...keys: string[]) => number;
}

/** Whether the project says in production, without PHX_HOST, by which host it is reached. */
function namesOwnHost({ config, names }: DeployInput): boolean {
  const hosts = config.entries.filter(
    ({ keyPath: [, module, key], scope }) =>
      module === `${names.webModule}.Endpoint` && key === 'url' && (scope === 'prod' || scope.startsWith('runtime')),
  );
  const last = hosts.findLast(({ keyPath }) => keyPath.length === 3 || keyPath[3] === 'host');
  return last !== undefined && !last.variables.includes('PHX_HOST') && last.text !== '"example.com"';
}

function flyAddress(
  path: string,
  { host, port, internal, at }: FlyAddress,
  sources: Sources,
  isNamed: boolean,
): Seen[] {
  const image = sources.dockerfiles.flatMap(({ dockerfile }) =>
    dockerfile.stages.slice(-1).map((stage) => environment(stage).get('PORT')),
  )[0];
  const listens = String(port ?? image ?? 4000);
  const findings: Finding[] = [];
  if (host === undefined && !isNamed)
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
