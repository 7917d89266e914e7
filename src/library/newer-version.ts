import { Address, fileAddress } from '../facts/address.ts';
import { settleEnvironment } from '../facts/environment.ts';
import { fileHash } from '../facts/extract/file.ts';
import { projectFacts } from '../facts/extract/project.ts';
import { releaseFacts } from '../facts/extract/release.ts';
import { grownHistory, type NewVersion } from '../facts/grown-history.ts';
import type { History } from '../facts/history.ts';
import { obtain, obtainRelease } from '../pristine/sources/select.ts';
import type { Pristine, PristineRequest, PristineSource } from '../pristine/sources/source.ts';
import { readProject } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';
import type { LoadedProject } from './load.ts';
import { isUnobtained } from './text-sources.ts';

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
  const request = { version, flags, names: project.names };
  const { tree } = await obtain(sources, request);
  const release = hasReleaseFacts(detection.history) ? await releaseOf(sources, request) : null;
  const { usual } = settleEnvironment({ version, variant: 'default', facts: factsOf(tree, release?.tree) });
  return {
    version,
    facts: usual.facts,
    placeholder: (address) => new Address(address).withoutNames(project.names).text,
  };
}

/** Without them, those of the version before count for the new one too. */
async function releaseOf(sources: readonly PristineSource[], request: PristineRequest): Promise<Pristine | null> {
  return obtainRelease(sources, request).catch((error: unknown) => {
    if (isUnobtained(error)) return null;
    throw error;
  });
}

/** Whether the project is compared with release files at all. */
function hasReleaseFacts(history: History): boolean {
  return [...history.facts(history.versions.at(-1) ?? '')].some(([address]) => address.isRelease);
}

function factsOf(tree: FileTree, release: FileTree | undefined): Map<string, string> {
  const generated = readProject(tree);
  const stated = [...projectFacts(generated), ...(release ? releaseFacts(release) : [])];
  const facts = new Map(stated.map(({ address, value }) => [address.text, value]));
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
