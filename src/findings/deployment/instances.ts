import { nestedValue } from '../../toml/nested-value.ts';
import { readToml } from '../../toml/toml.ts';
import type { FindingContext } from '../context.ts';
import { isPhoenix, pod, workloadKinds } from './container-rules.ts';
import { runtimeSettings } from './runtime-files.ts';
import { everyValue } from './yaml.ts';

/** What says that more than one instance of the app runs at a time, and how many of them at least. */
export interface Instances {
  readonly path: string;
  readonly line: number;
  readonly count: number;
}

const known = new WeakMap<FindingContext, Instances | null>();

/**
 * The first place that says so: replicas, machines, hosts, or what instances find each other by. Null where nothing does;
 * a rolling deploy alone is no such place. Found once for all rules.
 */
export function severalInstances(context: FindingContext): Instances | null {
  const found = known.get(context);
  const instances = found === undefined ? firstPlace(context) : found;
  known.set(context, instances);
  return instances;
}

/** `a.toml:3`, as a finding says why it matters. */
export function shownPlace({ path, line }: Instances): string {
  return `${path}:${line}`;
}

/** Whether something connects the instances: then messages, and what is registered globally, reach all of them. */
export function areConnected({ config, build }: FindingContext): boolean {
  const settings = runtimeSettings(build);
  const named = settings.some(({ text }) => /RELEASE_(?:NODE|DISTRIBUTION)\b|^-s?name\b/m.test(text));
  const topologies = config.entries.some(
    ({ keyPath, scope }) => keyPath[0] === 'libcluster' && scope !== 'dev' && scope !== 'test',
  );
  const coded = build.libFiles(/Cluster\.Supervisor|DNSCluster/).length > 0;
  const otherwise = build.hasDep('phoenix_pubsub_redis') || build.libFiles(/PubSub\.(?:Redis|Adapter)/).length > 0;
  return otherwise || topologies || (coded && named) || settings.some(({ text }) => /sync_nodes_/.test(text));
}

function firstPlace(context: FindingContext): Instances | null {
  const { build } = context;
  const places = build.tree.paths.flatMap((path) => {
    if (/(?:^|\/)(?:deps|node_modules|test|tests|examples?|docs?)\//.test(path)) return [];
    if (/(?:^|\/)fly[\w.-]*\.toml$/.test(path)) return flyMachines(path, build.tree.read(path) ?? '');
    if (/\.ya?ml$/.test(path)) return yamlInstances(path, context);
    if (/(?:^|\/)app\.json$/.test(path)) return formation(path, context);
    return [];
  });
  return places[0] ?? joined(context);
}

function flyMachines(path: string, text: string): Instances[] {
  const toml = readToml(text);
  const services = nestedValue(toml?.value, ['services']);
  const counts = [
    {
      keys: ['http_service', 'min_machines_running'],
      value: nestedValue(toml?.value, ['http_service', 'min_machines_running']),
    },
    {
      keys: ['services'],
      value: Array.isArray(services) ? nestedValue(services[0], ['min_machines_running']) : undefined,
    },
  ];
  return counts.flatMap(({ keys, value }) =>
    typeof value === 'number' && value > 1 ? [{ path, line: toml?.line(keys) ?? 1, count: value }] : [],
  );
}

/** Replicas of the app's own workload, of a service of a compose file, hosts of a Kamal role. */
function yamlInstances(path: string, { build }: FindingContext): Instances[] {
  return build.yaml(path).flatMap((document) => {
    const { value } = document;
    const at = (keys: readonly (string | number)[], given: unknown): Instances[] => {
      const count = countOf(given, build);
      return count > 1 ? [{ path, line: document.line(keys), count }] : [];
    };
    if (cloudFoundry.test(path)) return cloudInstances(value).flatMap(({ keys, count }) => at(keys, count));
    if (chartValues.test(path))
      return isPhoenix(value) ? at(['replicaCount'], nestedValue(value, ['replicaCount'])) : [];
    const isWorkload = workloadKinds.includes(String(nestedValue(value, ['kind'])));
    if (isWorkload) {
      const containers = nestedValue(value, [...pod, 'containers']);
      const isOwn = Array.isArray(containers) && containers.some(isPhoenix);
      return isOwn ? at(['spec', 'replicas'], nestedValue(value, ['spec', 'replicas'])) : [];
    }
    if (/compose|stack/.test(path)) return composeReplicas(value).flatMap(({ keys, count }) => at(keys, count));
    if (/(?:^|\/)config\/deploy(?:\.[\w-]+)?\.ya?ml$/.test(path)) {
      const hosts = [['servers'], ['servers', 'web'], ['servers', 'web', 'hosts']];
      return hosts.flatMap((keys) => {
        const list = nestedValue(value, keys);
        return Array.isArray(list) ? at(keys, list.length) : [];
      });
    }
    if (!/(?:^|\/)render\.ya?ml$/.test(path)) return [];
    return everyValue(value, []).flatMap(({ path: keys, value: count }) =>
      /^(?:numInstances|minInstances)$/.test(String(keys.at(-1))) ? at(keys, count) : [],
    );
  });
}

const cloudFoundry = /(?:^|\/)manifest[\w.-]*\.ya?ml$/;

const chartValues = /(?:^|\/)(?:charts?|helm)\/(?:.*\/)?values[\w.-]*\.ya?ml$/;

/** `instances: 2` of an application that Cloud Foundry runs. */
function cloudInstances(value: unknown): { readonly keys: readonly (string | number)[]; readonly count: unknown }[] {
  const applications = nestedValue(value, ['applications']);
  return Array.isArray(applications)
    ? applications.map((one, index) => ({
        keys: ['applications', index, 'instances'],
        count: nestedValue(one, ['instances']),
      }))
    : [];
}

/** A number, or the largest one that a script of the project gives a variable, `${REPLICAS}`; 0 where nothing tells. */
function countOf(given: unknown, { scripts }: FindingContext['build']): number {
  if (typeof given === 'number') return given;
  const [, name] = typeof given === 'string' ? (/^\$\{?(\w+)\}?$/.exec(given) ?? []) : [];
  if (name === undefined) return 0;
  const set = new RegExp(String.raw`^\s*(?:export\s+)?${name}=["']?(\d+)`, 'gm');
  return Math.max(0, ...scripts.flatMap(({ text }) => [...text.matchAll(set)].map(([, number]) => Number(number))));
}

function composeReplicas(value: unknown): { readonly keys: readonly string[]; readonly count: unknown }[] {
  const services = nestedValue(value, ['services']);
  if (typeof services !== 'object' || services === null) return [];
  return Object.entries(services).flatMap(([name, service]) => {
    if (!isPhoenix(service)) return [];
    const replicas = ['services', name, 'deploy', 'replicas'];
    const scale = ['services', name, 'scale'];
    return [replicas, scale].map((keys) => ({ keys, count: nestedValue(value, keys) }));
  });
}

function formation(path: string, { build }: FindingContext): Instances[] {
  const [document] = build.yaml(path);
  const keys = ['formation', 'web', 'quantity'];
  const count = nestedValue(document?.value, keys);
  return document && typeof count === 'number' && count > 1 ? [{ path, line: document.line(keys), count }] : [];
}

/** What instances find each other by is there for several of them: a variable that is set, or a topology of production alone. */
function joined({ build, config }: FindingContext): Instances | null {
  for (const { path, text } of runtimeSettings(build)) {
    const line = text.split('\n').findIndex((one) => /\bDNS_CLUSTER_QUERY["']?\s*[:=]|\bsync_nodes_/.test(one));
    if (line !== -1) return { path, line: line + 1, count: 2 };
  }
  const topology = config.entries.find(
    ({ keyPath, scope }) =>
      keyPath[0] === 'libcluster' && keyPath[1] === 'topologies' && /^(?:runtime:)?prod$/.test(scope),
  );
  return topology ? { path: topology.path, line: topology.line, count: 2 } : null;
}
