import { posix } from 'node:path';
import { environment } from '../../docker/model.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';
import type { Operation } from '../../merge/operation.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import { readToml } from '../../toml/toml.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { doable } from './docker-file.ts';
import { namesElixir, type PlatformFile, platformRule } from './platform-file.ts';
import { hasRepo } from './repo.ts';

const flyFile = /(?:^|\/)fly[\w.-]*\.toml$/;

/** What a `fly.toml` lacks: migrations, address, health check, an orderly stop. */
export const flyRules: readonly ProjectRule[] = [
  flyRule('fly-release-command', releaseCommand),
  flyRule('fly-address', flyAddress),
  flyRule('fly-health-check', flyHealthCheck),
  flyRule('fly-stop', flyStop),
];

/** A `fly.toml` that can be read. */
interface FlyFile extends PlatformFile {
  readonly toml: FlyToml;
}

/** A rule for the files that describe this app, and not a database or another program beside it. */
function flyRule(id: string, look: (file: FlyFile, context: FindingContext) => readonly Sighting[]): ProjectRule {
  return platformRule(id, flyFile, (file, context) => {
    const toml = flyToml(file.text);
    return toml && runsThisApp({ ...file, toml }, context) ? look({ ...file, toml }, context) : [];
  });
}

/** Whether what a `fly.toml` runs is built from this project: no image of another name, no Dockerfile without Elixir. */
function runsThisApp({ path, toml }: FlyFile, { tree, names }: FindingContext): boolean {
  const image = toml.value('build', 'image');
  if (typeof image === 'string') return isNamedAfter(image, [names.app, names.webApp]);
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  const named = toml.value('build', 'dockerfile');
  const dockerfile = posix.normalize(`${directory}${typeof named === 'string' ? named : 'Dockerfile'}`);
  const built = tree.read(dockerfile);
  return built === undefined || namesElixir(built);
}

/** `registry.example/me/my-shop:8` for the app `my_shop`. */
function isNamedAfter(image: string, apps: readonly string[]): boolean {
  const name = plainName(
    image
      .replace(/@.*$/, '')
      .replace(/:[^/:]*$/, '')
      .replace(/^.*\//, ''),
  );
  return apps.some((app) => name.includes(plainName(app)) || plainName(app).includes(name));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A `fly.toml` as values with their lines. */
interface FlyToml {
  readonly root: unknown;
  readonly value: (...keys: string[]) => unknown;
  /** Line of a key, or of the table that it belongs in. */
  readonly line: (...keys: string[]) => number;
}

function flyToml(text: string): FlyToml | null {
  const toml = readToml(text);
  if (!toml) return null;
  return {
    root: toml.value,
    value: (...keys) => nestedValue(toml.value, keys),
    line: (...keys) => toml.line(keys) ?? toml.line(keys.slice(0, 1)) ?? 1,
  };
}

/** A database that nothing migrates before a new version starts, or Mix where a release has none. */
function releaseCommand({ path, text, toml }: FlyFile, context: FindingContext): Sighting[] {
  if (!hasRepo(context)) return [];
  const value = toml.value('deploy', 'release_command');
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
  return sighting([{ path, line: toml.line('deploy', 'release_command'), message }], doable(text, operation));
}

function internalPort(toml: unknown): unknown {
  const service = nestedValue(toml, ['http_service', 'internal_port']);
  const services = nestedValue(toml, ['services']);
  const first: unknown = Array.isArray(services) ? services[0] : undefined;
  return service ?? nestedValue(first, ['internal_port']);
}

/** Whether the project says in production, without PHX_HOST, by which host it is reached. */
function namesOwnHost({ config, names }: FindingContext): boolean {
  const hosts = config.entries.filter(
    ({ keyPath: [, module, key], scope }) =>
      module === `${names.webModule}.Endpoint` && key === 'url' && (scope === 'prod' || scope.startsWith('runtime')),
  );
  const last = hosts.findLast(({ keyPath }) => keyPath.length === 3 || keyPath[3] === 'host');
  return last !== undefined && !last.variables.includes('PHX_HOST') && last.text !== '"example.com"';
}

/** A host that nobody names, and a port that differs from the one that Fly connects to. */
function flyAddress({ path, text, toml }: FlyFile, context: FindingContext): Sighting[] {
  const port = toml.value('env', 'PORT');
  const internal = internalPort(toml.root);
  const image = context.build.dockerfiles.flatMap(({ dockerfile }) =>
    dockerfile.stages.slice(-1).map((stage) => environment(stage).get('PORT')),
  )[0];
  const listens = String(port ?? image ?? 4000);
  const findings: Finding[] = [];
  const operations: Operation[] = [];
  if (toml.value('env', 'PHX_HOST') === undefined && !namesOwnHost(context))
    findings.push({
      path,
      line: toml.line('env'),
      message: `PHX_HOST is not set: links and the origin check of websockets use example.com; write PHX_HOST = "${String(toml.value('app') ?? 'NAME')}.fly.dev", or a domain of your own, below [env]`,
    });
  if (internal !== undefined && String(internal) !== listens) {
    const line = port === undefined ? toml.line('http_service', 'internal_port') : toml.line('env', 'PORT');
    findings.push({
      path,
      line,
      message: `the app listens on PORT ${listens}, Fly connects to internal_port ${internal}: PORT = "${internal}" below [env]`,
    });
    if (context.config.entries.some(({ variables }) => variables.includes('PORT')))
      operations.push(...doable(text, { kind: 'fly-set', path, table: ['env'], key: 'PORT', value: String(internal) }));
  }
  return sighting(findings, operations);
}

/** A service without any check. */
function flyHealthCheck({ path, toml }: FlyFile): Sighting[] {
  const checks = JSON.stringify(toml.root).match(/"(?:checks|http_checks|tcp_checks|script_checks)":(?:\[\{|\{"|\[\{)/);
  if (checks || internalPort(toml.root) === undefined) return [];
  const message =
    'no health check: a version that does not boot replaces one that works; write [[http_service.checks]] with grace_period = "10s", interval = "30s", timeout = "5s", method = "GET" and a path that needs no login';
  return sighting([{ path, line: toml.line('http_service'), message }]);
}

/** Fly's own defaults: SIGINT and five seconds. */
function flyStop({ path, text, toml }: FlyFile): Sighting[] {
  const signal = toml.value('kill_signal');
  const seconds = durationSeconds(toml.value('kill_timeout'));
  const findings: Finding[] = [];
  if (signal !== 'SIGTERM')
    findings.push({
      path,
      line: toml.line('kill_signal'),
      message: `kill_signal is ${signal ?? 'SIGINT'}: the VM shuts down in order on SIGTERM only: kill_signal = "SIGTERM"`,
    });
  if (seconds !== null && seconds < 5)
    findings.push({
      path,
      line: toml.line('kill_timeout'),
      message: `kill_timeout of ${seconds} s ends requests before they are answered: kill_timeout = "30s"`,
    });
  const set = (key: string, value: string) => doable(text, { kind: 'fly-set', path, table: [], key, value });
  const operations = [
    ...set('kill_signal', 'SIGTERM'),
    ...(seconds !== null && seconds < 5 ? set('kill_timeout', '30s') : []),
  ];
  return sighting(findings, operations);
}

function durationSeconds(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const [, number = '', unit = ''] = typeof value === 'string' ? (/^(\d+)(s|m|ms)?$/.exec(value) ?? []) : [];
  if (number === '') return null;
  return Number(number) * (unit === 'm' ? 60 : unit === 'ms' ? 0.001 : 1);
}
