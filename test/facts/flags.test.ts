import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detect } from '../../src/facts/detect.ts';
import { projectFacts } from '../../src/facts/extract/project.ts';
import { generatorFlags } from '../../src/pristine/flag-data.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { readProject } from '../../src/project/project.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { describePristine, pristineRoot, pristineTree, pristineVersions } from '../support/pristine.ts';

const snapshots = new SnapshotStore();

function flagsOf(tree: FileTree): string[] {
  const project = readProject(tree);
  return detect(project, projectFacts(project), snapshots).flags.map(({ flag }) => flag);
}

function withFile(tree: FileTree, path: string, text: string): FileTree {
  const files = tree.paths.map((one) => [one, { bytes: tree.bytes(one) ?? new Uint8Array() }] as const);
  return memoryTree(new Map([...files, [path, { bytes: new TextEncoder().encode(text) }]]));
}

test('every flag of the generator has a history', () => {
  const known = Object.keys(snapshots.index.variants);
  expect(generatorFlags.map(({ variant }) => variant).filter((variant) => !known.includes(variant))).toEqual([]);
});

describePristine('a generated project', () => {
  test.each(generatorFlags)('shows that it was made with $flag', ({ flag, variant }) => {
    const versions = pristineVersions().filter((version) =>
      existsSync(join(pristineRoot(), 'pristine', version, variant)),
    );
    expect(flagsOf(pristineTree(versions.at(-1) ?? `no project with ${flag}`, variant))).toEqual([flag]);
  });
});

describePristine('a project without a mailer', () => {
  test('took none out where its generator had none, whatever files it got since', () => {
    const tree = withFile(pristineTree('1.5.9'), 'config/runtime.exs', 'import Config\n');
    expect(flagsOf(tree)).toEqual([]);
  });

  test('needs none of the generator’s where it has one of its own', () => {
    const mixfile = pristineTree('1.5.9').read('mix.exs') ?? '';
    const own = mixfile.replace('{:gettext,', '{:bamboo, "~> 2.2"},\n      {:gettext,');
    expect(flagsOf(withFile(pristineTree('1.5.9'), 'mix.exs', own))).toEqual(['--no-mailer']);
  });

  test('was made without one where its generator had one', () => {
    expect(flagsOf(pristineTree('1.6.16', 'no-mailer'))).toEqual(['--no-mailer']);
  });
});

describePristine('a project with Ecto', () => {
  test('for changesets alone has no database', () => {
    const tree = pristineTree('1.7.14', 'no-ecto');
    const own = (tree.read('mix.exs') ?? '').replace(
      '{:jason,',
      '{:ecto, "~> 3.9"},\n      {:phoenix_ecto, "~> 4.4"},\n      {:jason,',
    );
    expect(flagsOf(withFile(tree, 'mix.exs', own))).toEqual(['--no-ecto']);
  });
});
