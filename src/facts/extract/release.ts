import { dockerFacts } from '../../docker/facts.ts';
import type { FileTree } from '../../project/tree.ts';
import type { Fact } from '../fact.ts';

/** The facts of a project's Docker and release files; of two places that state one address the first counts. */
export function releaseFacts(tree: FileTree): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { address, value, path, line } of dockerFacts(tree)) {
    const slash = address.indexOf('/');
    const area = address.startsWith('docker/') ? 'docker' : 'release';
    if (facts.has(address)) continue;
    facts.set(address, { address, area, member: null, path: [address.slice(slash + 1)], value, at: { path, line } });
  }
  return [...facts.values()];
}
