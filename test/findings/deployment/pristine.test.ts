import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspect } from '../../../src/findings/deployment/inspect.ts';
import { migrationPaths } from '../../../src/findings/deployment/migration-rows.ts';
import { type FileTree, memoryTree } from '../../../src/project/tree.ts';
import {
  describePristine,
  hasPristine,
  pristineRoot,
  pristineTree,
  pristineVersions,
  readTree,
} from '../../support/pristine.ts';
import { deployInput } from './input.ts';

const root = hasPristine ? pristineRoot() : '';
const versions = hasPristine ? pristineVersions().filter((version) => existsSync(join(root, 'releases', version))) : [];
const names = { app: 'sample_app', webApp: 'sample_app', module: 'SampleApp', webModule: 'SampleAppWeb' };

/** A generated project with what `mix phx.gen.release --docker` added; scripts executable, as that task makes them. */
function released(version: string): FileTree {
  const trees = [pristineTree(version), readTree(join(root, 'releases', version))];
  const files = trees.flatMap((tree) =>
    tree.paths.map((path) => ({ path, bytes: tree.bytes(path) ?? new Uint8Array() })),
  );
  return memoryTree(new Map(files.map(({ path, bytes }) => [path, { bytes, executable: path.startsWith('rel/') }])));
}

/** Its requirement of LiveView allows 1.1, whose hooks its Dockerfile's order of steps would miss. */
const trueOf: Readonly<Record<string, readonly string[]>> = { '1.7.21': ['assets-before-code'] };

describePristine('a generated project with its release files', () => {
  test.each(versions)('%s gives no finding that is not true of it', (version) => {
    const tree = released(version);
    const known = trueOf[version] ?? [];
    const seen = inspect(deployInput(tree, names, { migrations: migrationPaths(tree.paths) }));
    const findings = seen.flatMap(({ topic, findings }) =>
      findings.map((one) => `${topic} ${one.path}:${one.line} ${one.message}`),
    );
    expect(
      seen.map(({ topic }) => topic),
      findings.join('\n'),
    ).toEqual(known);
  });
});
