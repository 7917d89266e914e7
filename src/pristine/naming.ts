import { type Names, renameTokens } from '../elixir/names.ts';
import { type FileTree, memoryTree } from '../project/tree.ts';

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
function camelize(app: string): string {
  return app
    .split('_')
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

export function sameNames(a: Names, b: Names): boolean {
  return a.app === b.app && a.webApp === b.webApp && a.module === b.module && a.webModule === b.webModule;
}

/** A project made for one app as another app's: names in paths and text, by token; binary files stay. */
export function renameTree(tree: FileTree, from: Names, to: Names): FileTree {
  if (sameNames(from, to)) return tree;
  const encoder = new TextEncoder();
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const path of tree.paths) {
    const text = tree.read(path);
    const bytes = text === undefined ? tree.bytes(path) : encoder.encode(renameTokens(text, from, to));
    if (bytes) files.set(renameTokens(path, from, to), { bytes, executable: tree.executable(path) });
  }
  return memoryTree(files);
}
