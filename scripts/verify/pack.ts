import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Names } from '../../src/elixir/names.ts';
import { readDirectory } from '../../src/pristine/directory.ts';
import { flagsOfVariant } from '../../src/pristine/flags.ts';
import { namesOf, renameTree, sampleNames } from '../../src/pristine/naming.ts';
import { compareVersions, isStable, releaseLine } from '../../src/pristine/versions.ts';
import type { FileTree } from '../../src/project/tree.ts';
import { type Check, type CheckInput, say } from './check.ts';
import { conversionFaults, detectionFaults, type Faults, load, standingFaults } from './faults.ts';

/**
 * Takes every generated project for a user's: flags and version must be found, a plan to its own version must have
 * nothing open, and the edits of a plan to the next minor (and from 1.3.4 to 1.8.8) must leave the target's facts. The
 * same under other names. Prints counts, and what is wrong. May be told with what the versions begin.
 */
export const pack: Check = {
  says: 'flags and version are found, nothing is open, and edits of facts reach the target',
  run: holds,
};

async function holds({ projects, rest: [prefix = ''] }: CheckInput): Promise<boolean> {
  const versions = readdirSync(projects).filter(isStable).sort(compareVersions);
  const tally = new Tally();
  for (const version of versions.filter((one) => one.startsWith(prefix))) {
    for (const variant of readdirSync(join(projects, version)).sort()) {
      const flags = flagsOfVariant(variant) ?? [];
      const tree = await readDirectory(join(projects, version, variant), () => undefined);
      const targets = targetsOf(version, versions).filter((one) => existsSync(join(projects, one, variant)));
      const project = { version, variant, targets };
      tally.verify(tree, project, '');
      tally.verify(renameTree(tree, sampleNames(flags), otherNames(flags)), project, 'renamed ');
    }
  }
  return tally.report();
}

interface Generated {
  readonly version: string;
  readonly variant: string;
  /** Versions that its facts are taken to. */
  readonly targets: readonly string[];
}

type Question = 'detected' | 'standing' | 'converted' | 'renamed detected' | 'renamed standing' | 'renamed converted';

class Tally {
  readonly #counts = new Map<Question, { checked: number; wrong: number }>();

  verify(tree: FileTree, { version, variant, targets }: Generated, kind: '' | 'renamed '): void {
    const name = `${version}/${variant}`;
    const loaded = load(tree);
    this.#record(`${kind}detected`, name, detectionFaults(loaded, version, variant));
    this.#record(`${kind}standing`, name, standingFaults(loaded, version));
    for (const to of targets) {
      this.#record(`${kind}converted`, `${name} to ${to}`, conversionFaults(loaded, version, to));
    }
  }

  #record(question: Question, name: string, faults: Faults): void {
    const { checked, wrong } = this.#counts.get(question) ?? { checked: 0, wrong: 0 };
    this.#counts.set(question, { checked: checked + 1, wrong: wrong + (faults.length > 0 ? 1 : 0) });
    for (const fault of faults.slice(0, 5)) say(`${question} ${name}: ${fault}`);
    if (faults.length > 5) say(`${question} ${name}: and ${faults.length - 5} more`);
  }

  /** Prints the counts; true where nothing is wrong. */
  report(): boolean {
    for (const [question, { checked, wrong }] of this.#counts) say(`${question}: ${checked}, ${wrong} wrong`);
    return [...this.#counts.values()].every(({ wrong }) => wrong === 0);
  }
}

const longest = ['1.3.4', '1.8.8'] as const;

/** The last version of the next minor, and the far end of the longest way. */
function targetsOf(version: string, versions: readonly string[]): string[] {
  const line = releaseLine(version);
  const later = versions.filter((one) => compareVersions(one, version) > 0 && releaseLine(one) !== line);
  const next = later.filter((one) => releaseLine(one) === releaseLine(later[0] ?? '')).at(-1);
  return [...(next ? [next] : []), ...(version === longest[0] ? [longest[1]] : [])];
}

function otherNames(flags: readonly string[]): Names {
  return namesOf('till', flags, { module: 'Acme.Till', webModule: 'Acme.TillFront' });
}
