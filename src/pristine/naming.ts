import { type Names, renameTokens } from '../elixir/names.ts';
import { type FileTree, memoryTree } from '../project/tree.ts';
import { withNamespace, withoutNamespace } from './namespace.ts';

/** Names of every project in the shared packs. */
export function sampleNames(flags: readonly string[]): Names {
  return namesOf('sample_app', flags);
}

/** The names `mix phx.new` derives from an app's, unless told others. */
export function namesOf(
  app: string,
  flags: readonly string[],
  given: { readonly module?: string; readonly webModule?: string } = {},
): Names {
  const module = given.module ?? camelize(app);
  const webApp = flags.includes('--umbrella') ? `${app}_web` : app;
  return { app, webApp, module, webModule: given.webModule ?? `${module}Web` };
}

/** `shop_floor` → `ShopFloor`, as Elixir's Macro.camelize/1 does for app names. */
export function camelize(app: string): string {
  return app
    .split('_')
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** Whether two projects go by the same names, all of them. */
export function sameNames(a: Names, b: Names): boolean {
  return a.app === b.app && a.webApp === b.webApp && a.module === b.module && a.webModule === b.webModule;
}

/** Whether the module is one that `mix phx.new` would not have derived from the app's name. */
function isNamespaced({ app, module }: Names): boolean {
  return camelize(app) !== module;
}

/**
 * A project made for one app as another app's: names in paths and text, by token, and the `namespace` key where the
 * generator would write it; binary files stay. Lines break where they did: see `renameProject`.
 */
export function renameTree(tree: FileTree, from: Names, to: Names): FileTree {
  if (sameNames(from, to)) return tree;
  const encoder = new TextEncoder();
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const path of tree.paths) {
    const text = tree.read(path);
    const renamed = renameTokens(path, from, to);
    const bytes = text === undefined ? tree.bytes(path) : encoder.encode(renameText(path, text, from, to));
    if (bytes) files.set(renamed, { bytes, executable: tree.executable(path) });
  }
  return memoryTree(files);
}

function renameText(path: string, text: string, from: Names, to: Names): string {
  const drop = isNamespaced(from) && !isNamespaced(to);
  const renamed = renameTokens(drop ? withoutNamespace(path, text, from) : text, from, to);
  const add = !isNamespaced(from) && isNamespaced(to);
  return add ? withNamespace(renameTokens(path, from, to), renamed, to) : renamed;
}
