import { everyExpr } from '../../elixir/children.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';

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
  const settings = environmentTexts(build);
  return [...sighting([...idleLibcluster(config, build), ...namelessNodes(settings)]), ...flyAddresses(tree, settings)];
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

interface Setting {
  readonly path: string;
  readonly text: string;
}

/** Files that give the running release its environment. */
function environmentTexts(build: BuildFiles): Setting[] {
  const wanted = build.tree.paths.filter((path) =>
    /^rel\/env\.sh\.eex$|(?:^|\/)fly[\w.-]*\.toml$|(?:^|\/)Dockerfile[^/]*$|\.service$|(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)(?:k8s|kubernetes|deploy|manifests|helm)\/.*\.ya?ml$/.test(
      path,
    ),
  );
  return wanted.flatMap((path) => {
    const text = build.tree.read(path);
    return text === undefined ? [] : [{ path, text: text.replace(/^\s*#.*$/gm, '') }];
  });
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
