import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { Operation } from '../../merge/operation.ts';
import { type BuildFiles, callsOf } from '../build-files.ts';

/** What of `rel/config.exs` has an exact counterpart in a release of Mix: the settings, and the edits that carry them over. */
export interface CarriedSettings {
  /** Names of settings that nothing is left of: `config_providers`, `overlays`, `pre_configure_hook`. */
  readonly names: ReadonlyMap<string, string>;
  /** Elixir text of `config_providers:` in mix.exs; null where there are none. */
  readonly providers: string | null;
  /** Lines for `rel/env.sh.eex`, before it names the node. */
  readonly environment: readonly string[];
  readonly operations: readonly Operation[];
}

const distilleryConfig = 'rel/config.exs';

/** Values of a setting for production, wherever it is set. */
function settingsOf(build: BuildFiles, names: RegExp): { readonly name: string; readonly value: Expr }[] {
  const { body } = build.elixir(distilleryConfig);
  const inDevelopment = new Set(
    everyExpr(
      callsOf(body, ['environment']).filter(({ args: [name] }) => name?.kind === 'atom' && name.name === 'dev'),
    ),
  );
  return callsOf(body, ['set'])
    .filter((call: CallExpr) => !inDevelopment.has(call))
    .flatMap(({ args: [options] }) => (keywordPairs(options) ?? []).filter(({ name }) => names.test(name)));
}

/** All of it, for a project that Distillery releases. */
export function carriedSettings(build: BuildFiles): CarriedSettings {
  const overlays = copiedOverlays(build);
  const providers = configProviders(build, overlays);
  const hooks = carriedHooks(build);
  const isAlone =
    overlays !== null && overlays.every(({ to }) => providers?.paths.includes(to) || !isConfiguration(to));
  const names = new Map([
    ...(providers === null
      ? []
      : [['config_providers', 'config_providers: of the release in mix.exs takes its place'] as const]),
    ...(overlays === null || !isAlone ? [] : [['overlays', 'rel/overlays takes its place, copied as it is'] as const]),
    ...hooks.map(({ name }) => [name, 'rel/env.sh.eex does what it did'] as const),
  ]);
  return {
    names,
    providers: providers?.shown ?? null,
    environment: hooks.flatMap(({ lines }) => lines),
    operations: [
      ...(isAlone ? (overlays ?? []) : []).flatMap(({ from, to }): Operation[] => [
        ...(providers?.paths.includes(to) ? [{ kind: 'import-config' as const, path: from }] : []),
        { kind: 'rename-file', from, path: `rel/overlays/${to}` },
      ]),
      ...hooks.map(({ path }): Operation => ({ kind: 'delete-file', path })),
    ],
  };
}

function isConfiguration(path: string): boolean {
  return /\.exs$/.test(path);
}

interface CopiedFile {
  readonly from: string;
  readonly to: string;
}

/** `{:copy, "rel/etc/shop.exs", "etc/shop.exs"}`; null where an overlay does anything else. */
function copiedOverlays(build: BuildFiles): CopiedFile[] | null {
  const items = settingsOf(build, /^overlays$/).flatMap(({ value }) => (value.kind === 'list' ? value.items : [value]));
  const copied = items.flatMap((item) => {
    const [kind, from, to] = item.kind === 'tuple' ? item.items : [];
    const isDirectory = kind?.kind === 'atom' && kind.name === 'mkdir';
    const [source, target] = [plainText(from), plainText(to)];
    const isFile = kind?.kind === 'atom' && kind.name === 'copy' && source !== null && target !== null;
    if (isFile && build.tree.has(source) && !/[<$]/.test(source + target)) return [{ from: source, to: target }];
    return isDirectory ? [] : [null];
  });
  const files = copied.filter((one) => one !== null);
  return files.length === copied.length ? files : null;
}

/** Providers that read a file of Elixir from the release, as `Config.Reader` does; null where there are none, or others. */
function configProviders(build: BuildFiles, overlays: readonly CopiedFile[] | null) {
  const items = settingsOf(build, /^config_providers$/).flatMap(({ value }) =>
    value.kind === 'list' ? value.items : [value],
  );
  const paths = items.map((item) => {
    const [provider, options] = item.kind === 'tuple' ? item.items : [];
    const isElixir = provider?.kind === 'alias' && /(?:^|\.)Releases\.Config\.Providers\.Elixir$/.test(provider.name);
    const [path, second] = options?.kind === 'list' ? options.items : [];
    const [, inRelease] = /^\$\{RELEASE_ROOT_DIR\}\/([\w./-]+)$/.exec(plainText(path) ?? '') ?? [];
    const file = overlays?.find(({ to }) => to === inRelease);
    // What it reads may ask for Mix, which a release does not have.
    const isPlain = file !== undefined && !/\bMix\.(?!Config)|RELEASE_ROOT_DIR/.test(build.tree.read(file.from) ?? '');
    return isElixir && second === undefined && isPlain ? file.to : null;
  });
  const known = paths.filter((path) => path !== null);
  if (known.length === 0 || known.length < paths.length) return null;
  const shown = known.map((path) => `{Config.Reader, {:system, "RELEASE_ROOT", "/${path}"}}`);
  return { paths: known, shown: `[${shown.join(', ')}]` };
}

/** Hooks that only set variables: `rel/env.sh.eex` is read by every command, before the configuration. */
function carriedHooks(build: BuildFiles) {
  return settingsOf(build, /^pre_(?:configure|start)_hook$/).flatMap(({ name, value }) => {
    const path = plainText(value) ?? '';
    const text = build.tree.read(path)?.replace(/^#!.*/, '');
    const isOwn = build.tree.has('rel/env.sh.eex');
    if (text === undefined || isOwn || /RELEASE_|<%|\bbin\/|\bexit\b/.test(text)) return [];
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const isSetting = lines.every((line) => /^\s*(?:#|(?:export\s+)?\w+=)/.test(line));
    return isSetting ? [{ name, path, lines }] : [];
  });
}
