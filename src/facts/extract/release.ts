import { dockerFacts } from '../../docker/facts.ts';
import type { FileTree } from '../../project/tree.ts';
import { Address } from '../address.ts';
import type { Fact } from '../fact.ts';

/** The facts of a project's Docker and release files; of two places that state one address the first counts. */
export function releaseFacts(tree: FileTree): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { address, value, path, line } of dockerFacts(tree)) {
    if (!facts.has(address)) facts.set(address, { address: new Address(address), value, at: { path, line } });
  }
  return [...facts.values()];
}
