import { environment } from '../../docker/model.ts';
import type { ConfigEntry } from '../../elixir/config/model.ts';
import { compareVersions } from '../../pristine/versions.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { doable } from './docker-file.ts';
import { severalInstances } from './instances.ts';
import { hasRepo } from './repo.ts';
import { runtimeSettings } from './runtime-files.ts';

/** How the app reaches its database from where it is deployed. */
export const databaseRules: readonly ProjectRule[] = [
  { kind: 'project', id: 'database-tls', topic: 'database-tls', look: (context) => trust(context) },
  { kind: 'project', id: 'prepared-statements', topic: 'prepared-statements', look: (context) => prepared(context) },
  { kind: 'project', id: 'connection-limit', topic: 'pool-size', look: (context) => connections(context) },
  { kind: 'project', id: 'ecto-ipv6-unset', topic: 'ecto-ipv6', look: (context) => unsetIpv6(context) },
];

/** Environments that nothing is deployed in: projects call those that are as they like, `staging`, `heroku`. */
const ofDevelopment = /^(?:runtime:)?(?:dev|test|ci|e2e|local|bench|docs)(?:_|$)/;

/** What the environments that are deployed set for the app's repos, by repo. */
function repoEntries({ config }: FindingContext): Map<string, ConfigEntry[]> {
  const entries = config.entries.filter(
    ({ keyPath: [, module = ''], scope }) => /(?:^|\.)Repo\w*$/.test(module) && !ofDevelopment.test(scope),
  );
  const repos = new Map<string, ConfigEntry[]>();
  for (const entry of entries) {
    const module = entry.keyPath[1] ?? '';
    repos.set(module, [...(repos.get(module) ?? []), entry]);
  }
  return repos;
}

/** From here on `ssl: true` checks the server against the certificates of the system, as Postgrex's own sources say. */
const checksBySystem = '0.21.1';

/**
 * `ssl: true` without another word: Postgrex before 0.21.1 hands OTP no certificates, and OTP 26 and newer refuse to connect
 * without; before OTP 26 nothing is checked.
 */
function trust(context: FindingContext): Sighting[] {
  const locked = context.locked.get('postgrex');
  if (!context.build.hasDep('postgrex') || (locked !== undefined && compareVersions(locked, checksBySystem) >= 0))
    return [];
  const message =
    'OTP 26 and newer check the server, Postgrex before 0.21.1 gives them no certificates to check it by and does not connect. Write ssl: [cacerts: :public_key.cacerts_get()], or ssl: [verify: :verify_none] where the server signs for itself, as on Heroku; before Postgrex 0.18 the list goes to ssl_opts, beside ssl: true';
  const findings = [...repoEntries(context).values()].flatMap((entries) => {
    if (entries.some(({ keyPath: [, , key] }) => key === 'ssl_opts')) return [];
    return entries
      .filter(
        ({ keyPath, text, overridden }) =>
          keyPath.length === 3 && keyPath[2] === 'ssl' && text === 'true' && !overridden,
      )
      .map(({ path, line }) => ({ path, line, message }));
  });
  return sighting(findings);
}

/** Where a PgBouncer is set up that pools transactions, and keeps no names of statements. */
function poolerOf({ build }: FindingContext): { readonly path: string; readonly line: number } | null {
  for (const { path, text } of runtimeSettings(build)) {
    const keepsNames = /max_prepared_statements\W+[1-9]/i.test(text);
    const line = keepsNames ? -1 : text.split('\n').findIndex((one) => poolsTransactions.test(one));
    if (line !== -1) return { path, line: line + 1 };
  }
  return null;
}

/** PgBouncer hands each transaction another connection, on which a named statement was never prepared. */
function prepared(context: FindingContext): Sighting[] {
  const pooler = poolerOf(context);
  const repos = [...repoEntries(context).values()];
  if (!pooler || repos.length === 0 || repos.flat().some(({ keyPath: [, , key] }) => key === 'prepare')) return [];
  const message = `PgBouncer in transaction mode (${pooler.path}:${pooler.line}) hands out another connection for each transaction, and named statements are missing there: set prepare: :unnamed for this repo`;
  const places = repos.flatMap(
    (entries) => entries.find(({ keyPath: [, , key] }) => key === 'url' || key === 'hostname') ?? entries.slice(0, 1),
  );
  return sighting(
    places.map(({ path, line }) => ({ path, line, message })),
    places.map(({ path, keyPath, environment: own }) => ({
      kind: 'set-config',
      path,
      keyPath: [...keyPath.slice(0, 2), 'prepare'],
      environment: own,
      value: ':unnamed',
    })),
  );
}

const poolsTransactions = /(?:\b|_)pool_mode["']?\s*[:=]\s*["']?transaction\b|pooler\.supabase\.com:6543\b/i;

/** More connections, of all instances together, than the database says that it takes. */
function connections(context: FindingContext): Sighting[] {
  // Behind a pooler the pools of the instances are not the database's connections.
  if (poolerOf(context) !== null) return [];
  const settings = runtimeSettings(context.build);
  const limits = settings.flatMap(({ path, text }) => {
    const [, number] = /\bmax_connections\s*=\s*(\d+)/.exec(text) ?? [];
    return number === undefined ? [] : [{ path, limit: Number(number) }];
  });
  const sizes = settings.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const [, number] = /\bPOOL_SIZE["']?\s*[:=]\s*["']?(\d+)/.exec(line) ?? [];
      return number === undefined ? [] : [{ path, line: index + 1, size: Number(number) }];
    }),
  );
  const [limit] = limits;
  const written = sizes.length > 0 ? [] : writtenSizes(context);
  const [pool] = [...sizes, ...written];
  const count = severalInstances(context)?.count ?? 1;
  if (!limit || !pool || limits.length > 1 || sizes.length + written.length > 1 || pool.size * count < limit.limit)
    return [];
  const name = written.length > 0 ? 'pool_size:' : 'POOL_SIZE';
  const message = `${name} ${pool.size}${count > 1 ? ` on ${count} instances` : ''}: the database takes ${limit.limit} connections (${limit.path}), migrations and consoles included`;
  return sighting([{ path: pool.path, line: pool.line, message }]);
}

/** Pool sizes that the configuration of production writes out. */
function writtenSizes(
  context: FindingContext,
): { readonly path: string; readonly line: number; readonly size: number }[] {
  return [...repoEntries(context).values()].flat().flatMap(({ keyPath, text, path, line, scope, overridden }) => {
    const isWritten = keyPath.length === 3 && keyPath[2] === 'pool_size' && /^[\d_]+$/.test(text) && !overridden;
    return isWritten && /^(?:runtime:)?prod$/.test(scope)
      ? [{ path, line, size: Number(text.replaceAll('_', '')) }]
      : [];
  });
}

/** Fly's private network has IPv6 addresses only; the generated configuration asks for them where the variable is set. */
function unsetIpv6(context: FindingContext): Sighting[] {
  const { build, config } = context;
  const fly = runtimeSettings(build).find(({ path }) => /^fly\.toml$/.test(path));
  const isRead = config.entries.some(({ variables }) => variables.includes('ECTO_IPV6'));
  if (!fly || !isRead || !hasRepo(context)) return [];
  const images = build.dockerfiles.flatMap(({ dockerfile }) => dockerfile.stages.slice(-1).map(environment));
  const isSet =
    runtimeSettings(build).some(({ text }) => text.includes('ECTO_IPV6')) || images.some((one) => one.has('ECTO_IPV6'));
  if (isSet) return [];
  const toml = build.tree.read(fly.path) ?? '';
  const line = toml.split('\n').findIndex((one) => /^\[env\]/.test(one));
  const place = { path: fly.path, line: line + 1 || 1 };
  const inside = privateAddress(context);
  if (inside !== null) {
    const message = `ECTO_IPV6 is set nowhere, and ${inside} is on Fly's private network, which has IPv6 only: set ECTO_IPV6 = "true" below [env]`;
    const edit = { kind: 'fly-set' as const, path: fly.path, table: ['env'], key: 'ECTO_IPV6', value: 'true' };
    return sighting([{ ...place, message }], doable(toml, edit));
  }
  const message =
    'ECTO_IPV6 is set nowhere in the repository: a database on Fly\'s private network is found by it alone; set ECTO_IPV6 = "true" below [env], unless a secret sets it or the database is elsewhere';
  return sighting([{ ...place, message }]);
}

/** The database's host where something of the repository names one of Fly's private network, `atelier-db.flycast`. */
function privateAddress({ build }: FindingContext): string | null {
  for (const { text } of runtimeSettings(build)) {
    const [, host] =
      /\b(?:DATABASE_\w*|DB_\w*|PG_?HOST\w*|POSTGRES_\w*)["']?\s*[:=].*?([\w.-]+\.(?:internal|flycast))\b/.exec(text) ??
      [];
    if (host !== undefined) return host;
  }
  return null;
}
