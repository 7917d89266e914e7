import { migrates } from '../../docker/migrating.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { lineEdit, withValue } from './line-edits.ts';
import { type PlatformFile, platformRule } from './platform-file.ts';
import { everyValue, type YamlDocument } from './yaml.ts';

const yaml = /\.ya?ml$/;

/** Workloads with the app's own container: probes, time to drain, migrations. */
export const containerRules: readonly ProjectRule[] = [
  platformRule('kubernetes-probes', yaml, probes),
  platformRule('kubernetes-grace', yaml, grace),
  platformRule('compose-grace', yaml, composeGrace, 'kubernetes-grace'),
  platformRule('kubernetes-migrations', yaml, kubernetesMigrations, 'migrations-at-start'),
  platformRule('compose-migrations', yaml, composeMigrations, 'migrations-at-start'),
];

/** Where a workload describes its containers. */
export const pod = ['spec', 'template', 'spec'];

/** Kinds that keep instances running. */
export const workloadKinds: readonly string[] = ['Deployment', 'StatefulSet'];

/** A workload's document, and the app's own container in it. */
interface Workload {
  readonly path: string;
  readonly text: string;
  readonly document: YamlDocument;
  readonly container: unknown;
  /** Line of something in the container. */
  readonly lineOf: (...keys: readonly string[]) => number;
}

/** The workloads of a file that run the app. */
function workloads({ path, text }: PlatformFile, { build }: FindingContext): Workload[] {
  if (!build.hasDep('phoenix')) return [];
  return build.yaml(path).flatMap((document) => {
    const kind = nestedValue(document.value, ['kind']);
    if (typeof kind !== 'string' || nestedValue(document.value, ['apiVersion']) === undefined) return [];
    if (!workloadKinds.includes(kind)) return [];
    const containers = listAt(document.value, [...pod, 'containers']);
    const index = containers.findIndex(isPhoenix);
    if (index === -1) return [];
    const lineOf = (...keys: readonly string[]) => document.line([...pod, 'containers', index, ...keys]);
    return [{ path, text, document, container: containers[index], lineOf }];
  });
}

/** Probes that a workload lacks, or that do not wait for the boot. */
function probes(file: PlatformFile, context: FindingContext): Sighting[] {
  return workloads(file, context).flatMap(missingProbes);
}

/** Time to drain that is too short. */
function grace(file: PlatformFile, context: FindingContext): Sighting[] {
  return workloads(file, context).flatMap(shortGrace);
}

/** Instances of a workload that migrate when they start. */
function kubernetesMigrations(file: PlatformFile, context: FindingContext): Sighting[] {
  return workloads(file, context).flatMap(migrations);
}

function missingProbes({ path, text, container, lineOf }: Workload): Sighting[] {
  const has = (...keys: readonly string[]) => nestedValue(container, keys) !== undefined;
  if (!has('livenessProbe') && !has('readinessProbe') && !has('startupProbe')) {
    const message =
      'no probes: traffic reaches instances that have not booted; write readinessProbe: {httpGet: {path: /, port: 4000}} and startupProbe: {httpGet: {path: /, port: 4000}, periodSeconds: 2, failureThreshold: 30}, with a path that needs no login';
    return sighting([{ path, line: lineOf(), message }]);
  }
  if (!has('livenessProbe') || has('startupProbe') || has('livenessProbe', 'initialDelaySeconds')) return [];
  const message =
    'no startupProbe: a slow boot is taken for a failure and started over; write startupProbe with what livenessProbe asks, periodSeconds: 2 and failureThreshold: 30';
  const place = { path, line: lineOf('livenessProbe') };
  // What a key holds may begin in the line behind it.
  const isBehind = /^\s*livenessProbe:/.test(text.split(/\r?\n/)[place.line - 2] ?? '');
  const key = { path, line: isBehind ? place.line - 1 : place.line };
  return sighting(
    [{ ...place, message }],
    lineEdit(key, text, (own) => withStartupProbe(own, key.line, text)),
  );
}

/** A startup probe that asks what the liveness probe asks, in front of it; null where that is not written in lines of its own. */
function withStartupProbe(own: string, line: number, text: string): readonly string[] | null {
  const indent = (one: string) => /^\s*/.exec(one)?.[0].length ?? 0;
  const lines = text.split(/\r?\n/).slice(line);
  const end = lines.findIndex((one) => one.trim() !== '' && indent(one) <= indent(own));
  const block = (end === -1 ? lines : lines.slice(0, end)).filter((one) => !/^\s*(?:#.*)?$/.test(one));
  const [first = ''] = block;
  const at = block.findIndex(
    (one) => indent(one) === indent(first) && /^\s*(?:httpGet|tcpSocket|exec|grpc):/.test(one),
  );
  if (!/^\s*livenessProbe:\s*$/.test(own) || at === -1) return null;
  const rest = block.slice(at + 1);
  const length = rest.findIndex((one) => indent(one) <= indent(first));
  const asked = [block[at] ?? '', ...(length === -1 ? rest : rest.slice(0, length))];
  const space = ' '.repeat(indent(first));
  const patience = [`${space}periodSeconds: 2`, `${space}failureThreshold: 30`];
  return [own.replace('livenessProbe', 'startupProbe'), ...asked, ...patience, own];
}

function shortGrace({ path, document, text }: Workload): Sighting[] {
  const keys = [...pod, 'terminationGracePeriodSeconds'];
  const seconds = nestedValue(document.value, keys);
  if (typeof seconds !== 'number' || seconds >= 10) return [];
  const place = { path, line: document.line(keys) };
  const message = graceMessage(seconds, 'terminationGracePeriodSeconds: 30');
  return sighting(
    [{ ...place, message }],
    lineEdit(place, text, (own) => withValue(own, '30')),
  );
}

/** Services with the app that are killed before they have answered; ten seconds are what Docker waits by itself. */
function composeGrace({ path, text }: PlatformFile, { build }: FindingContext): Sighting[] {
  if (!/(?:^|\/)[\w-]*(?:compose|stack)[\w.-]*\.ya?ml$/.test(path) || !build.hasDep('phoenix')) return [];
  return build.yaml(path).flatMap((document) => {
    const services = nestedValue(document.value, ['services']);
    if (typeof services !== 'object' || services === null) return [];
    return Object.entries(services).flatMap(([name, service]) => {
      const given: unknown = nestedValue(service, ['stop_grace_period']);
      const [, seconds] = typeof given === 'string' ? (/^(\d+)s$/.exec(given) ?? []) : [];
      if (!isPhoenix(service) || seconds === undefined || Number(seconds) >= 10) return [];
      const place = { path, line: document.line(['services', name, 'stop_grace_period']) };
      const message = graceMessage(Number(seconds), 'stop_grace_period: 30s');
      return sighting(
        [{ ...place, message }],
        lineEdit(place, text, (own) => withValue(own, '30s')),
      );
    });
  });
}

/** What a time to drain that is too short is told by, with what to write. */
export function graceMessage(seconds: number, instead: string): string {
  return `${seconds} s are too short to answer what is under way: ${instead}`;
}

function migrations({ path, document, container, lineOf }: Workload): Sighting[] {
  const message = 'every instance that boots migrates; a Job runs it once for each deploy';
  const initial = listAt(document.value, [...pod, 'initContainers']);
  const lines = [
    ...(migratesAtStart(container) ? [lineOf('command')] : []),
    ...(initial.some(migratesAtStart) ? [document.line([...pod, 'initContainers'])] : []),
  ];
  return lines.flatMap((line) => sighting([{ path, line, message }]));
}

function migratesAtStart(container: unknown): boolean {
  return commandsMigrate([...listAt(container, ['command']), ...listAt(container, ['args'])].map(String));
}

function listAt(value: unknown, keys: readonly string[]): readonly unknown[] {
  const list = nestedValue(value, keys);
  return Array.isArray(list) ? list : [];
}

function commandsMigrate(words: readonly string[]): boolean {
  return programsOf(
    scriptCommands(words.map((word) => (/\s/.test(word) ? `'${word.replaceAll("'", '')}'` : word)).join(' ')),
  ).some(migrates);
}

/** The app's own container: it carries Phoenix's variables or starts a release. */
export function isPhoenix(container: unknown): boolean {
  return /PHX_HOST|PHX_SERVER|SECRET_KEY_BASE|RELEASE_|REPLACE_OS_VARS|bin\/server|bin\/migrate|mix phx|ecto\.migrate|MIX_ENV/.test(
    JSON.stringify(container) ?? '',
  );
}

/** Services of a production compose file that migrate whenever they start. */
function composeMigrations({ path, text }: PlatformFile, { build }: FindingContext): Sighting[] {
  if (!/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path) || !build.hasDep('phoenix')) return [];
  // Compose files for development and tests migrate on purpose.
  if (/dev|test|local|override/.test(path) || !/prod|MIX_ENV[=:]\s*["']?prod/.test(path + text)) return [];
  const message = 'every container that starts migrates; run it once before the deploy instead';
  return build.yaml(path).flatMap((document) =>
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
      return bad && !only ? sighting([{ path, line: document.line(keys), message }]) : [];
    }),
  );
}
