import { placeholders, renameTokens } from '../elixir/names.ts';
import { fileAddress } from '../facts/address.ts';
import { settleEnvironment } from '../facts/environment.ts';
import { fileHash } from '../facts/extract/file.ts';
import { projectFacts } from '../facts/extract/project.ts';
import { grownHistory, type NewVersion } from '../facts/grown-history.ts';
import { obtain } from '../pristine/select.ts';
import type { PristineSource } from '../pristine/source.ts';
import { readProject } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';
import type { LoadedProject } from './load.ts';

/**
 * What a version that the snapshots do not know writes for a project's flags and names, read from the project that a
 * source generates. Throws what `obtain` throws.
 */
export async function newerVersion(
  { project, detection }: LoadedProject,
  version: string,
  sources: readonly PristineSource[],
): Promise<NewVersion> {
  const flags = detection.flags.map(({ flag }) => flag);
  const { tree } = await obtain(sources, { version, flags, names: project.names });
  const { usual } = settleEnvironment({ version, variant: 'default', facts: factsOf(tree) });
  return { version, facts: usual.facts, placeholder: (address) => renameTokens(address, project.names, placeholders) };
}

function factsOf(tree: FileTree): Map<string, string> {
  const generated = readProject(tree);
  const facts = new Map(projectFacts(generated).map(({ address, value }) => [address.text, value]));
  for (const path of tree.paths) {
    const hash = fileHash(tree, path, generated.names);
    if (hash !== undefined) facts.set(fileAddress(path).text, hash);
  }
  return facts;
}

/** The project with a history that knows the version, too. */
export function withVersion(loaded: LoadedProject, added: NewVersion): LoadedProject {
  const { detection } = loaded;
  return { ...loaded, detection: { ...detection, history: grownHistory(detection.history, added) } };
}
