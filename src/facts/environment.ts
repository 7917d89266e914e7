import { withoutExportedRegex } from '../elixir/exported-regex.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { PristineFacts } from './snapshot-builder.ts';

/** From this version on the generator binds to all interfaces when it runs inside a container. */
const asksForContainer = '1.7.19';
const everywhere = '{0, 0, 0, 0}';
const loopback = '{127, 0, 0, 1}';

/**
 * What a generated project states apart from the machine it was generated on (`usual`), and what it would state on
 * the other kind of machine: a project may have been generated on either.
 */
export function settleEnvironment(generated: PristineFacts): { usual: PristineFacts; other: PristineFacts[] } {
  const facts = new Map([...generated.facts].map(([address, value]) => [address, withoutExportedRegex(value)]));
  const project = { ...generated, facts };
  const addresses = [...project.facts].filter(
    ([address, value]) =>
      /^config\/dev\/.*\.Endpoint\.http\.ip$/.test(address) && (value === everywhere || value === loopback),
  );
  if (compareVersions(project.version, asksForContainer) < 0 || addresses.length === 0) {
    return { usual: project, other: [] };
  }
  const withIp = (ip: string) => ({
    ...project,
    facts: new Map([...project.facts].map(([address, value]) => [address, isOneOf(address) ? ip : value])),
  });
  const names = new Set(addresses.map(([address]) => address));
  const isOneOf = (address: string) => names.has(address);
  return { usual: withIp(loopback), other: [withIp(everywhere)] };
}
