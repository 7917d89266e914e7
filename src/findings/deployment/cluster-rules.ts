import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { runtimeSettings, type Setting } from './runtime-files.ts';

/** What has to be said for instances to find each other, where the project means them to. */
export const clusterRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'clustering',
    topic: 'clustering',
    look: unconnected,
  },
];

function unconnected({ tree, config, build }: FindingContext): Sighting[] {
  const settings = runtimeSettings(build);
  const findings = [
    ...idleLibcluster(config, build),
    ...namelessNodes(settings),
    ...namelessTopologies(config, build, settings),
    ...listedNodes(settings),
  ];
  return [...sighting(findings), ...flyAddresses(tree, settings)];
}

function idleLibcluster({ entries }: FindingContext['config'], build: BuildFiles): Finding[] {
  const dep = build.dep('libcluster');
  const inCode = build
    .libFiles(/Cluster/)
    .some(({ source }) =>
      everyExpr(source.body).some((expr) => expr.kind === 'alias' && expr.name === 'Cluster.Supervisor'),
    );
  if (!dep || inCode || entries.some(({ keyPath }) => keyPath[0] === 'libcluster')) return [];
  const message = 'libcluster is a dep, but no topology is configured: instances do not find each other';
  return [{ path: dep.path, line: dep.line, message }];
}

function namelessNodes(settings: readonly Setting[]): Finding[] {
  const query = settings.find(({ text }) => text.includes('DNS_CLUSTER_QUERY'));
  if (!query || settings.some(({ text }) => /RELEASE_(?:NODE|DISTRIBUTION)/.test(text))) return [];
  const line = lineAt(query.text, query.text.indexOf('DNS_CLUSTER_QUERY'));
  const message =
    'DNS_CLUSTER_QUERY is set, but neither RELEASE_DISTRIBUTION=name nor RELEASE_NODE with the address of the instance: set them in rel/env.sh.eex';
  return [{ path: query.path, line, message }];
}

/** Strategies of libcluster that connect by names made of an address: every node has to have its own as its name. */
const addressStrategies = /^Cluster\.Strategy\.(?:Kubernetes(?:\.DNS|\.DNSSRV)?|DNSPoll|Rancher)$/;

/** Topologies that find addresses, wherever they are written, where nothing names the nodes after theirs. */
function namelessTopologies(
  { entries }: FindingContext['config'],
  build: BuildFiles,
  settings: readonly Setting[],
): Finding[] {
  if (settings.some(({ text }) => /RELEASE_(?:NODE|DISTRIBUTION)|^-(?:s?name)\b/m.test(text))) return [];
  const names = (roots: readonly Expr[]) =>
    everyExpr(roots).filter((expr) => expr.kind === 'alias' && addressStrategies.test(expr.name));
  const configured = entries
    .filter(({ value, scope }) => scope !== 'dev' && scope !== 'test' && names([value]).length > 0)
    .map(({ path, line }) => ({ path, line }));
  const coded = build
    .libFiles(/Cluster\.Strategy/)
    .flatMap(({ path, source }) =>
      names(source.body).map(({ range }) => ({ path, line: lineAt(source.text, range.start) })),
    );
  const message =
    'this strategy connects by the address of each instance, and nothing sets RELEASE_DISTRIBUTION=name and RELEASE_NODE to it: set them in rel/env.sh.eex';
  return [...configured, ...coded].map((place) => ({ ...place, message }));
}

/** Nodes that `vm.args` lists for the kernel to connect to, `-kernel sync_nodes_optional [a@1.2.3.4]`. */
function listedNodes(settings: readonly Setting[]): Finding[] {
  const message =
    'the kernel connects to a list of nodes that is fixed at boot: libcluster or dns_cluster finds instances that come and go';
  return settings
    .filter(({ path }) => /vm\.args/.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          /\bsync_nodes_(?:optional|mandatory)\b/.test(line) ? [{ path, line: index + 1, message }] : [],
        ),
    );
}

/** Fly's private network is IPv6 only: distribution and the database both need to be told. */
function flyAddresses({ paths }: FindingContext['tree'], settings: readonly Setting[]): Sighting[] {
  const fly = settings.find(({ path }) => /(?:^|\/)fly[\w.-]*\.toml$/.test(path));
  const clustered = settings.find(({ text }) => /DNS_CLUSTER_QUERY|RELEASE_DISTRIBUTION=["']?name/.test(text));
  if (!fly || !clustered || !paths.includes(fly.path)) return [];
  if (settings.some(({ text }) => /inet6_tcp/.test(text))) return [];
  const message = 'Fly\'s network is IPv6: set ERL_AFLAGS="-proto_dist inet6_tcp" in rel/env.sh.eex';
  return sighting([{ path: clustered.path, line: 1, message }]);
}
