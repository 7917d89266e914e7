import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrationPaths } from '../../../src/findings/deployment/migration-rules.ts';
import { projectRules } from '../../../src/findings/deployment/rules.ts';
import { seenBy } from '../../../src/findings/find.ts';
import { type FileTree, memoryTree } from '../../../src/project/tree.ts';
import {
  describePristine,
  hasPristine,
  pristineRoot,
  pristineTree,
  pristineVersions,
  readTree,
} from '../../support/pristine.ts';
import { contextOf } from './input.ts';

const root = hasPristine ? pristineRoot() : '';
const versions = hasPristine ? pristineVersions().filter((version) => existsSync(join(root, 'releases', version))) : [];

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
    // Debian 11, which older versions write, gets no security updates any more.
    const isOver = /bullseye/.test(tree.read('Dockerfile') ?? '');
    const known = [...(trueOf[version] ?? []), ...(isOver ? ['image-end-of-life'] : [])];
    const context = contextOf(tree, { migrations: migrationPaths(tree.paths) });
    const seen = projectRules.map((rule) => ({ id: rule.id, ...seenBy(rule, context) }));
    const findings = seen.flatMap(({ id, findings }) =>
      findings.map((one) => `${id} ${one.path}:${one.line} ${one.message}`),
    );
    expect(
      seen.filter(({ findings, operations }) => findings.length + operations.length > 0).map(({ id }) => id),
      findings.join('\n'),
    ).toEqual(known);
  });
});
