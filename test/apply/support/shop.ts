import { chmodSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApplyOptions } from '../../../src/apply/apply.ts';
import { localMachine } from '../../../src/apply/local-machine.ts';
import type { ApplyContext, Machine } from '../../../src/apply/machine.ts';
import type { FileChange, StepChange } from '../../../src/merge/change-set.ts';

export const shopFiles: Readonly<Record<string, string>> = {
  'mix.exs': 'defmodule Shop.MixProject do\n  def version, do: "1"\nend\n',
  'config/config.exs': 'import Config\n\nconfig :shop, greeting: "hello"\n',
  'lib/shop/views/page.ex': 'defmodule Shop.Page do\nend\n',
  'lib/shop/old.ex': 'defmodule Shop.Old do\nend\n',
  'bin/start': '#!/bin/sh\nexec shop\n',
  'README.md': 'Shop\n',
};

export function contextOf(root: string, machine: Machine = localMachine()): ApplyContext {
  return { root, machine, cache: join(dirname(root), 'cache') };
}

/** This computer without waiting for its disk: for tests that apply many hundreds of times. */
export function unsynced(): Machine {
  const { disk, ...machine } = localMachine();
  const create: Machine['disk']['create'] = (path, bytes, mode) => {
    writeFileSync(path, bytes, { flag: 'wx' });
    chmodSync(path, mode);
  };
  return { ...machine, disk: { ...disk, create, syncDirectory: () => {} } };
}

/** The same without git: for tests that apply thousands of times. */
export function quick(): Machine {
  const git: Machine['git'] = () => Promise.resolve({ exitCode: null, output: '', complaint: '' });
  return { ...unsynced(), git };
}

export const plain: ApplyOptions = { allowDirty: false, conflicts: [], commit: null };

function bytes(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text);
}

/** A change of one file, as the plan would give it. */
export function change(
  path: string,
  before: string | null,
  after: string | null,
  more: Partial<FileChange> = {},
): FileChange {
  return { path, before: bytes(before), after: bytes(after), executable: false, ...more };
}

export const edited = {
  mix: 'defmodule Shop.MixProject do\n  def version, do: "2"\nend\n',
  mixTwice: 'defmodule Shop.MixProject do\n  def version, do: "3"\nend\n',
  runtime: 'import Config\n\nconfig :shop, port: 4000\n',
};

/** Three steps over the shop: an edit, a creation, a second edit, a deletion that empties a directory, a rename. */
export function shopSteps(): readonly StepChange[] {
  const {
    'mix.exs': mix = '',
    'lib/shop/old.ex': old = '',
    'lib/shop/views/page.ex': page = '',
    'bin/start': start = '',
  } = shopFiles;
  return [
    {
      step: 'version',
      files: [change('mix.exs', mix, edited.mix), change('config/runtime.exs', null, edited.runtime)],
    },
    {
      step: 'layout',
      files: [
        change('lib/shop/views/page.ex', page, null),
        change('lib/shop/html/page.ex', null, page, { renamedFrom: 'lib/shop/views/page.ex' }),
        change('bin/start', start, null),
        change('rel/overlays/bin/start', null, `${start}# moved\n`, { renamedFrom: 'bin/start' }),
      ],
    },
    {
      step: 'clean',
      files: [
        change('mix.exs', edited.mix, edited.mixTwice),
        change('lib/shop/old.ex', old, null),
        change('rel/overlays/bin/server', null, '#!/bin/sh\n', { executable: true }),
      ],
    },
  ];
}

export const shopTitles = [
  { id: 'version', title: 'Lift the version', why: 'The target needs it.' },
  { id: 'layout', title: 'Move the pages', why: 'Pages live in another directory now. '.repeat(5).trim() },
  { id: 'clean', title: 'Clean up', why: 'Nothing uses it.' },
];
