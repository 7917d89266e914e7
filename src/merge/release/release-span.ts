import { sameValue } from '../../elixir/canonical.ts';
import type { Address } from '../../facts/address.ts';
import type { History } from '../../facts/history.ts';
import type { FactMap } from '../comparison.ts';
import type { VersionSpan } from '../verdict.ts';

/** Share of what some version wrote that a file must still say for it to stem from the generator. */
const likeness = 0.5;

/**
 * The span to rule on each release address by: its file has an origin of its own, which may be older or newer than the
 * project's. None for a file that the project lacks or that somebody wrote by hand: the generator has no say in it.
 */
export function releaseSpans(
  yours: FactMap,
  history: History,
  span: VersionSpan,
): (address: Address) => VersionSpan | null {
  const addresses = new Map<string, Address[]>();
  for (const address of history.addresses) {
    if (!address.isRelease) continue;
    const file = fileOf(address);
    addresses.set(file, [...(addresses.get(file) ?? []), address]);
  }
  const origins = new Map([...addresses].map(([file, own]) => [file, originOf(own, yours, history)]));
  return (address) => {
    const origin = origins.get(fileOf(address)) ?? null;
    return origin === null ? null : { ...span, origin, start: Math.min(origin, span.from) };
  };
}

function fileOf(address: Address): string {
  const { area, pathText, text } = address;
  if (area === 'docker') return pathText.startsWith('ignore.') ? '.dockerignore' : 'Dockerfile';
  return pathText.startsWith('function.') ? 'release.ex' : text;
}

/** Index of the newest version whose facts a file agrees with most; null where it agrees with too few. */
function originOf(addresses: readonly Address[], yours: FactMap, history: History): number | null {
  let best = { index: -1, share: 0 };
  for (const [index, version] of history.versions.entries()) {
    const wrote = addresses.flatMap((address) => {
      const value = history.valueAt(address, version);
      return value === undefined ? [] : [{ address, value }];
    });
    const agreeing = wrote.filter(({ address, value }) => {
      const own = yours.get(address)?.value;
      return own !== undefined && sameValue(own, value);
    });
    const share = wrote.length === 0 ? 0 : agreeing.length / wrote.length;
    if (share >= Math.max(best.share, likeness)) best = { index, share };
  }
  return best.index === -1 ? null : best.index;
}
