import type { Address } from '../../facts/address.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';
import { aliasesIn } from './used.ts';

const adapters = 'Swoosh.Adapters.';

/** Adapters that keep mail to themselves: they say nothing about how production sends it. */
const keeping = new Set(['Local', 'Logger', 'Sandbox', 'Test']);

/** Adapters of Swoosh 1.26 that send without its HTTP client, by what does not call `Swoosh.ApiClient` there. */
const withoutClient = new Set(['ExAwsAmazonSES', 'Mua', 'ProtonBridge', 'SMTP', 'Sendmail']);

/**
 * An HTTP client for mail is of use only to adapters that call a service, and only where the app has none: mail by SMTP
 * needs none, and Swoosh takes hackney by itself.
 */
export function ownMailClient(
  comparisons: readonly Comparison[],
  { yours, project }: Pick<RulingContext, 'yours' | 'project'>,
): readonly Comparison[] {
  const brings = comparisons.some((one) => one.outcome === 'pending' && one.yours === null && isClient(one.address));
  const note = brings ? (clientOf(yours) ?? unneeded(project)) : undefined;
  if (note === undefined) return withClientKept(comparisons, project);
  return comparisons.map((comparison) => {
    const { address, outcome, yours: own } = comparison;
    const isNew = own === null && (isClient(address) || address.pathText === 'Finch');
    const isOpen = outcome === 'pending' && (isNew || isSetting(address));
    return isOpen ? { ...comparison, outcome: 'declined', note } : comparison;
  });
}

/**
 * Switching the client off for all environments, as newer generators do, is for apps that switch one on for production: where
 * nothing does, mail that a service sends would stay behind.
 */
function withClientKept(comparisons: readonly Comparison[], project: Project): readonly Comparison[] {
  const isOff = ({ address, outcome, yours, target }: Comparison) =>
    outcome === 'pending' && yours === null && target === 'false' && isSetting(address) && address.scope === 'all';
  const isOn = ({ address, outcome, yours, target }: Comparison) =>
    isSetting(address) && address.scope !== 'all' && (yours !== null || (outcome === 'pending' && target !== null));
  if (!comparisons.some(isOff) || comparisons.some(isOn)) return comparisons;
  const calling = [...sendingAdapters(project)].filter((name) => !withoutClient.has(name));
  if (calling.length === 0) return comparisons;
  const note = `${calling.map((name) => adapters + name).join(' and ')} needs the client that this switches off`;
  return comparisons.map((one) => (isOff(one) ? { ...one, outcome: 'declined', note } : one));
}

function isClient({ area, path }: Address): boolean {
  return area === 'deps' && path.length === 1 && (path[0] === 'finch' || path[0] === 'req');
}

function isSetting({ keyPath: [app, key] }: Address): boolean {
  return app === 'swoosh' && (key === 'api_client' || key === 'finch_name');
}

/** The client that the app has chosen by itself. */
function clientOf(yours: FactMap): string | undefined {
  const named = yours.addresses.map((one) => (isSetting(one) ? yours.get(one) : undefined));
  const own = named.find((fact) => fact && !/^(?:false|Swoosh\.ApiClient\.(?:Finch|Req)|.*\.Finch)$/.test(fact.value));
  if (own) return `Swoosh calls its services with ${own.value}`;
  const hasHackney = yours.addresses.some(({ area, path }) => area === 'deps' && path[0] === 'hackney');
  return hasHackney ? 'Swoosh calls its services with hackney' : undefined;
}

/** Names of the adapters by which the app sends its mail, `Mailgun`. */
function sendingAdapters({ tree, sources }: Project): ReadonlySet<string> {
  const sending = new Set<string>();
  for (const path of tree.paths) {
    if (!/\.exs?$/.test(path) || /(?:^|\/)test\//.test(path) || !tree.read(path)?.includes(adapters)) continue;
    for (const name of aliasesIn(sources.get(path)?.body ?? [])) {
      const adapter = name.startsWith(adapters) ? name.slice(adapters.length) : undefined;
      if (adapter !== undefined && !keeping.has(adapter)) sending.add(adapter);
    }
  }
  return sending;
}

/** How the app sends its mail, where no way of it needs a client. */
function unneeded(project: Project): string | undefined {
  const names = [...sendingAdapters(project)];
  if (names.length === 0 || !names.every((name) => withoutClient.has(name))) return undefined;
  return `${names.map((name) => adapters + name).join(' and ')} ${names.length === 1 ? 'sends' : 'send'} without an HTTP client`;
}
