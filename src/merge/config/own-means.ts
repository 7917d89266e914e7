import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { variablesRead } from '../../elixir/config/bindings.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import { lineAt } from '../../elixir/position.ts';
import type { Address } from '../../facts/address.ts';
import type { Fact } from '../../facts/fact.ts';
import { isGeneratedFile } from '../../facts/generated-file.ts';
import type { History } from '../../facts/history.ts';
import type { Project } from '../../project/project.ts';
import { keepsSessions } from '../../project/sessions.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';
import { covering } from './set-in-other-scope.ts';

/**
 * What the app says by other means is said: the database by its parts or in the repo's `init/2`, a key inside of a value
 * that a call gives, `SameSite` as an extra of the cookie, TLS by a plug, a plug of the endpoint in the router. What only running the file would tell is named, not guessed.
 */
export function saidByOtherMeans(
  comparisons: readonly Comparison[],
  { yours, history, project }: Pick<RulingContext, 'yours' | 'history' | 'project'>,
): readonly Comparison[] {
  const isDefault = (fact: Fact) => history.wrote(fact.address, fact.value) !== 0n;
  return comparisons.map((comparison) => {
    const { address, outcome, yours: own, target } = comparison;
    if (outcome !== 'pending' || own !== null || target === null) return comparison;
    const said =
      computedAbove(address, yours, isDefault) ??
      databaseParts(address, yours, isDefault) ??
      repoInit(address, project, history) ??
      reachedFromOutside(address, yours) ??
      boundToIpv4(address, yours) ??
      boundByDefault(address, yours, project) ??
      sameSiteExtra(address, yours) ??
      pluggedSsl(address, project) ??
      pluggedInRouter(address, yours) ??
      unsignedSecret(address, yours, project);
    return said === undefined ? comparison : { ...comparison, outcome: 'declined', note: said };
  });
}

/** A value above the key, in a scope that has effect here, that no reader of the file can look into. */
function computedAbove(address: Address, yours: FactMap, isDefault: (fact: Fact) => boolean): string | undefined {
  if (address.area !== 'config') return undefined;
  const scopes = [address.scope, ...(covering[address.scope] ?? [])];
  const above = scopes.flatMap((scope) => address.inScope(scope).ancestors.flatMap((one) => yours.get(one) ?? []));
  const found = above.find((fact) => isComputed(fact.value) && !isDefault(fact));
  return found && `${found.address.keyPath.at(-1)} is given by ${found.value}${placeOf(found)}`;
}

function isComputed(value: string): boolean {
  const [only, ...others] = parse(value).body;
  if (only === undefined || others.length > 0) return false;
  // A pipe, `++` or `||` gives a value of its own, whatever goes into it.
  if (only.kind === 'identifier' || only.kind === 'binary') return true;
  // To a list such as [:inet6, port: 80] no key is added: what comes later replaces it.
  if (only.kind === 'list') return only.items.some(({ kind }) => kind !== 'pair' && kind !== 'keywords');
  return only.kind === 'call' && !only.block && callName(only) !== 'raise';
}

const databaseKeys = ['hostname', 'database', 'username', 'password', 'socket_dir', 'socket'];

/** A repo that has the parts of an address has no need of the whole. */
function databaseParts(address: Address, yours: FactMap, isDefault: (fact: Fact) => boolean): string | undefined {
  if (!isRepoUrl(address)) return undefined;
  const scopes = [address.scope, ...(covering[address.scope] ?? [])];
  const found = scopes
    .flatMap((scope) => databaseKeys.flatMap((key) => yours.get(address.inScope(scope).withLast(key)) ?? []))
    .find((fact) => !isDefault(fact));
  return found && `the database is configured by its parts${placeOf(found)}`;
}

/** An own `init/2` of the repo has the last word on what it connects to; the one that 1.3 generated does not count. */
function repoInit(address: Address, project: Project, history: History): string | undefined {
  const repo = isRepoUrl(address) ? address.keyPath.at(-2) : undefined;
  if (repo === undefined) return undefined;
  for (const path of project.tree.paths) {
    if (!/(^|\/)lib\/.*repo.*\.ex$/.test(path) || isGeneratedFile(path, project, history)) continue;
    const source = project.sources.get(path);
    const body = source && modulesOf(source).find(({ name }) => name === repo)?.body;
    const init = body && functionsOf(body).find(({ name, args }) => name === 'init' && args.length === 2);
    if (source && init) return `init/2 configures the repo (${path}:${lineAt(source.text, init.range.start)})`;
  }
  return undefined;
}

function isRepoUrl({ area, scope, keyPath }: Address): boolean {
  return (
    area === 'config' &&
    /^(?:runtime(?::prod)?|prod)$/.test(scope) &&
    keyPath.at(-1) === 'url' &&
    (keyPath.at(-2)?.endsWith('Repo') ?? false)
  );
}

/**
 * A server whose port the environment gives is started by something else, a container or a hosted workspace, and reached
 * from outside of it: bound to loopback it would be cut off.
 */
function reachedFromOutside(address: Address, yours: FactMap): string | undefined {
  const { area, scope, keyPath } = address;
  if (area !== 'config' || !/^(?:dev|test)$/.test(scope) || keyPath.slice(-2).join('.') !== 'http.ip') return undefined;
  const port = yours.get(address.withLast('port'));
  const [value] = port ? parse(port.value).body : [];
  return port && value && variablesRead(value, new Map()).length > 0
    ? `the port comes from the environment${placeOf(port)}`
    : undefined;
}

/** A socket of IPv6 refuses an address of IPv4: the server would not start. */
function boundToIpv4(address: Address, yours: FactMap): string | undefined {
  const { area, scope, keyPath } = address;
  const at = keyPath.indexOf('transport_options');
  if (area !== 'config' || at < 1 || keyPath[at - 1] !== 'http') return undefined;
  const ip =
    address.ancestors.find(({ keyPath: path }) => path.length === at + 1)?.withLast('ip') ?? address.withLast('ip');
  const found = [scope, ...(covering[scope] ?? [])].flatMap((one) => yours.get(ip.inScope(one)) ?? [])[0];
  return found && /^\{\s*\d+(?:\s*,\s*\d+){3}\s*\}$/.test(found.value)
    ? `the server binds an IPv4 address${placeOf(found)}`
    : undefined;
}

/**
 * Production that listens on a port of its own and leaves the address open is reached; where the platform's network is IPv6 it says so.
 */
function boundByDefault(address: Address, yours: FactMap, { tree }: Project): string | undefined {
  const { area, scope, keyPath } = address;
  const isProduction = /^(?:runtime:)?prod$/.test(scope) && keyPath.slice(-2).join('.') === 'http.ip';
  if (area !== 'config' || !isProduction || tree.paths.some((path) => /(?:^|\/)fly[\w.-]*\.toml$/.test(path)))
    return undefined;
  const scopes = [scope, ...(covering[scope] ?? [])];
  const near = scopes.flatMap((one) => yours.values.filter((fact) => isBeside(fact.address, address.inScope(one))));
  const port = near.find((fact) => fact.address.keyPath.at(-1) === 'port');
  const isOpen = near.every((fact) => !/transport_options|inet6/.test(`${fact.address.pathText} ${fact.value}`));
  return port && isOpen ? `the port is set, the address left open${placeOf(port)}` : undefined;
}

/** Whether an address is below the same keyword list. */
function isBeside(one: Address, { scope, keyPath }: Address): boolean {
  return (
    one.area === 'config' && one.scope === scope && keyPath.slice(0, -1).every((key, at) => one.keyPath[at] === key)
  );
}

/** Cookies of before Plug 1.10 say it in `extra`. */
function sameSiteExtra(address: Address, yours: FactMap): string | undefined {
  if (address.text !== 'endpoint/session.same_site' && !address.pathText.endsWith('session.same_site'))
    return undefined;
  const extra = yours.get(address.withLast('extra'));
  return extra && /same_?site/i.test(extra.value) ? `extra says it${placeOf(extra)}` : undefined;
}

/** `force_ssl` makes the endpoint plug `Plug.SSL`; who plugs it has decided on its options. */
function pluggedSsl({ area, keyPath }: Address, { webFiles, sources }: Project): string | undefined {
  if (area !== 'config' || !keyPath[1]?.endsWith('.Endpoint') || keyPath[2] !== 'force_ssl') return undefined;
  for (const path of [webFiles.endpoint, webFiles.router]) {
    const source = path === null ? undefined : sources.get(path);
    const plug = source?.text.includes('SSL') ? everyExpr(source.body).find(plugsSsl) : undefined;
    if (source && plug) return `Plug.SSL is plugged (${path}:${lineAt(source.text, plug.range.start)})`;
  }
  return undefined;
}

/** An app without sessions that has no key anywhere has got along without: one that is asked for would keep it from booting. */
function unsignedSecret({ area, keyPath }: Address, yours: FactMap, { tree }: Project): string | undefined {
  if (area !== 'config' || keyPath.at(-1) !== 'secret_key_base') return undefined;
  const hasKey = yours.addresses.some((one) => one.keyPath.at(-1) === 'secret_key_base');
  return hasKey || keepsSessions(tree) ? undefined : 'the app keeps no sessions, and has no key';
}

/** A plug of the endpoint that a pipeline of the router has would act twice. */
function pluggedInRouter({ area, path }: Address, yours: FactMap): string | undefined {
  const [, module] = (area === 'endpoint' && /^plug\/([A-Z][\w.]+)$/.exec(path.join('/'))) || [];
  if (module === undefined) return undefined;
  const found = yours.values.find(
    ({ address, value }) =>
      address.area === 'web' && address.pathText.startsWith('router.pipeline.') && value.includes(`{${module}}`),
  );
  return found && `the router plugs ${module}${placeOf(found)}`;
}

function plugsSsl(expr: Expr): boolean {
  const [module] = expr.kind === 'call' && callName(expr) === 'plug' ? expr.args : [];
  return module?.kind === 'alias' && module.name === 'Plug.SSL';
}

function placeOf({ at }: Fact): string {
  return at ? ` (${at.path}:${at.line})` : '';
}
