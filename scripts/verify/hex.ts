import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flagsOfVariant } from '../../src/pristine/flags.ts';
import { namesOf } from '../../src/pristine/naming.ts';
import { packageRoot } from '../../src/pristine/sources/hex/package.ts';
import { evaluateProject, type Installer } from '../../src/pristine/sources/hex/project.ts';
import { compareVersions, isWithin } from '../../src/pristine/versions.ts';
import type { FileTree } from '../../src/project/tree.ts';
import { readTree } from '../../test/support/pristine.ts';
import { type Check, type CheckInput, say } from './check.ts';
import { below, filesOfTag } from './tags.ts';

/**
 * Evaluates the installers of a git repository at their tags, and holds what they write against generated projects, byte
 * for byte: every version, every variant. `REPOSITORY` is a clone of Phoenix's, a bare one too; `VERSION` a regular
 * expression for some versions.
 */
export const hex: Check = {
  says: 'REPOSITORY [VERSION]: the evaluated installers at its tags write the same projects',
  run: writesTheSame,
};

/** Tag and published package differ. */
const known = new Set(['1.8.6', '1.8.8']);

async function writesTheSame({ projects, rest: [repository, pattern = ''] }: CheckInput): Promise<boolean> {
  if (repository === undefined) throw new Error('Give a clone of Phoenix after the directory.');
  const versions = readdirSync(projects)
    .filter((version) => new RegExp(pattern).test(version))
    .sort(compareVersions);
  let [same, faults, milliseconds] = [0, 0, 0];
  for (const version of versions) {
    const installer = installerOf(repository, version);
    for (const variant of readdirSync(join(projects, version))) {
      const directory = join(projects, version, variant);
      const start = performance.now();
      const fault = faultOf(installer, version, variant, directory);
      milliseconds += performance.now() - start;
      if (fault === null) same += 1;
      else if (!known.has(version)) faults += 1;
      if (fault !== null) say(`${version} ${variant}: ${fault}${known.has(version) ? ' (known)' : ''}`);
    }
  }
  const each = Math.round(milliseconds / Math.max(1, same + faults));
  say(`${versions.length} versions, ${same} projects the same, ${faults} faults, ${each} ms each with the comparison`);
  return faults === 0;
}

function installerOf(repository: string, version: string): Installer {
  const files = filesOfTag(repository, `v${version}`, ['installer', 'usage-rules', 'priv/static']);
  const parent = packageRoot.replace(/\/[^/]*$/, '');
  const beside = [...files].filter(([path]) => !path.startsWith('installer/'));
  return {
    files: below(files, 'installer'),
    beside: new Map(beside.map(([path, bytes]) => [`${parent}/${path}`, bytes])),
  };
}

function faultOf(installer: Installer, version: string, variant: string, directory: string): string | null {
  const flags = flagsOfVariant(variant);
  if (flags === null || !existsSync(directory)) return 'no such variant';
  const request = { version, flags, names: namesOf('sample_app', flags) };
  try {
    return difference(evaluateProject(installer, request, worldOf(version)), readTree(directory));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the generated projects come from: see the notes beside them. */
function worldOf(version: string) {
  return {
    elixir: version === '1.8.6' || version === '1.8.8' ? '1.19.3' : '1.18.4',
    otp: '25.3',
    container: isWithin(version, '1.7.19', '1.8.0'),
  };
}

/** The pack leaves out the icons that early installers of 1.7 unpack. */
function difference(made: FileTree, wanted: FileTree): string | null {
  const paths = new Set([...made.paths.filter((path) => !path.includes('/heroicons/optimized/')), ...wanted.paths]);
  const other = [...paths].filter((path) => {
    const [a, b] = [made.bytes(path), wanted.bytes(path)];
    return !a || !b || Buffer.compare(a, b) !== 0;
  });
  return other.length === 0 ? null : other.join(', ');
}
