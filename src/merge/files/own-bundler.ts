import { posix } from 'node:path';
import { listItems } from '../../elixir/list-items.ts';
import { addressOf } from '../../facts/address.ts';
import type { FileTree } from '../../project/tree.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';
import type { FilesInput } from './input.ts';
import { declinedOutcome, type FileOutcome } from './outcome.ts';

interface Bundler {
  /** Of the npm package. */
  readonly name: string;
  /** What scripts call. */
  readonly command: string;
}

/** npm packages that bundle scripts and styles and that no version of the generator brought. */
const bundlers: readonly Bundler[] = [
  ...['vite', 'esbuild', 'rollup', 'rolldown', 'parcel', 'snowpack', 'gulp', 'react-scripts', 'next'].map((name) => ({
    name,
    command: name,
  })),
  { name: 'parcel-bundler', command: 'parcel' },
  { name: 'laravel-mix', command: 'mix' },
  { name: '@rspack/core', command: 'rspack' },
  { name: '@rsbuild/core', command: 'rsbuild' },
  { name: '@craco/craco', command: 'craco' },
  { name: '@vue/cli-service', command: 'vue-cli-service' },
];

/** Configuration of the bundlers that generators before 1.6 brought: their steps know the way from there. */
const ofGenerators = /^(?:brunch-config|webpack(?:\.config[\w.]*|[\w.]*\.config))\.(?:c|m)?[jt]s$/;

/** An app's own way of building assets. */
interface OwnBundler {
  /** What builds, and where that is said. */
  readonly note: string;
  /** Those of Mix's asset tools that the app does not have. */
  readonly lacking: readonly string[];
}

/**
 * Who builds assets with a bundler of their own gets no second one beside it: none of what configures, calls and feeds the
 * asset tools of Mix, and nothing that stops serving what their own bundler writes.
 */
export function withoutMixBundlers(
  comparisons: readonly Comparison[],
  { project }: Pick<RulingContext, 'project'>,
): readonly Comparison[] {
  const own = ownBundler(project.tree);
  if (own === null) return comparisons;
  return comparisons.map((one) => (isOfTools(one, own) ? { ...one, outcome: 'declined', note: own.note } : one));
}

/** The same for the files that those tools read and write, and for ignoring what the own bundler writes. */
export function withoutBundlerFiles(outcomes: readonly FileOutcome[], input: FilesInput): FileOutcome[] {
  const { project, history, from } = input;
  const own = ownBundler(project.tree);
  if (own === null) return [...outcomes];
  const knew = history.valueAt(addressOf('deps', null, ['esbuild']), from) !== undefined;
  return outcomes.map((outcome) => {
    const { path, place, status } = outcome;
    const isOpen = status !== 'done' && status !== 'declined';
    // What changed in the script since esbuild is about LiveView.
    const isFed = /(?:^|\/)(?:assets|priv\/static)\//.test(path) && !(knew && path.endsWith('assets/js/app.js'));
    const ignored = /(?:^|\/)\.gitignore$/.test(path) && place !== null ? (project.tree.read(place) ?? '') : '';
    const isIgnored = /^\/?(?:apps\/\w+\/)?priv\/static\/?\r?$/m.test(ignored);
    return isOpen && (isFed || isIgnored) ? declinedOutcome(outcome, own.note) : outcome;
  });
}

/** Whether a change brings one of the tools, calls one, or no longer serves what stands beside it. */
function isOfTools({ address, outcome, yours, result, target }: Comparison, { lacking }: OwnBundler): boolean {
  const { area, path, keyPath } = address;
  if (outcome !== 'pending' && outcome !== 'conflict' && outcome !== 'manual') return false;
  if (area === 'deps') return yours === null && tools(lacking).includes(path[0] ?? '');
  if (area === 'config' && keyPath[2] === 'watchers') return target === null || lacking.includes(keyPath[3] ?? '');
  if (area === 'config') return yours === null && lacking.includes(keyPath[0] ?? '');
  if (area === 'mix' && path[0] === 'aliases')
    return callsTool(path.slice(1).join('.'), result ?? target ?? '', yours?.value, lacking);
  const isServed = path.join('.') === 'plug/Plug.Static.only' || path[1] === 'static_paths';
  return isServed && yours !== null && isShorter(yours.value, result);
}

/** The deps that come with a tool: icons and components are plugins of Tailwind's. */
function tools(lacking: readonly string[]): readonly string[] {
  return lacking.includes('tailwind') ? [...lacking, 'heroicons', 'daisyui'] : lacking;
}

function callsTool(alias: string, list: string, yours: string | undefined, lacking: readonly string[]): boolean {
  if (alias.startsWith('assets.')) return lacking.some((tool) => new RegExp(`"${tool}\\b`).test(list));
  const own = new Set(listItems(yours ?? '[]'));
  const added = listItems(list).filter((item) => !own.has(item));
  const ofAssets = added.filter((item) => /^"assets\./.test(item));
  return ofAssets.length > 0 && (yours === undefined || ofAssets.length === added.length);
}

/** Whether a list of served names loses one; of a list that is computed nobody can tell. */
function isShorter(yours: string, result: string | null): boolean {
  const names = (list: string) => /^~w\(([^)]*)\)/.exec(list)?.[1]?.split(/\s+/) ?? listItems(list);
  const left = result === null ? [] : names(result);
  return left.length > 0 && names(yours).some((name) => !left.includes(name));
}

function ownBundler(tree: FileTree): OwnBundler | null {
  const lacking = lackingTools(tree);
  if (!lacking.includes('esbuild')) return null;
  for (const path of tree.paths) {
    if (!/(?:^|\/)package\.json$/.test(path) || /(?:^|\/)(?:node_modules|deps|priv|test)\//.test(path)) continue;
    const name = bundlerOf(path, tree);
    if (name !== undefined) return { note: `${name} builds your assets (${path})`, lacking };
  }
  return null;
}

function lackingTools(tree: FileTree): string[] {
  const manifests = tree.paths.filter((path) => /^(?:apps\/\w+\/)?mix\.exs$/.test(path)).map((path) => tree.read(path));
  return ['esbuild', 'tailwind'].filter((tool) => !manifests.some((text) => text?.includes(`{:${tool},`)));
}

/** The bundler that a package.json lists and that one of its scripts, or a file beside it, makes use of. */
function bundlerOf(path: string, tree: FileTree): string | undefined {
  const { packages, scripts } = packageOf(tree.read(path) ?? '');
  const directory = posix.dirname(path);
  const files = tree.paths.filter((one) => posix.dirname(one) === directory).map((one) => posix.basename(one));
  if (files.some((file) => ofGenerators.test(file))) return undefined;
  const words = scripts.flatMap((script) => script.split(/[\s;&|]+/));
  const called = words.flatMap((word) =>
    /\.(?:c|m)?[jt]s$/.test(word) ? (tree.read(posix.join(directory, word)) ?? []) : [],
  );
  const found = bundlers.find(({ name, command }) => {
    if (!packages.includes(name)) return false;
    const isConfigured = files.some(
      (file) => file.startsWith(`${command}.config.`) || file.startsWith(`${command}file.`),
    );
    const imports = new RegExp(`["']${name}["']`);
    return (
      isConfigured ||
      words.some((word) => posix.basename(word) === command) ||
      called.some((text) => imports.test(text))
    );
  });
  return found?.name;
}

function packageOf(text: string): { readonly packages: readonly string[]; readonly scripts: readonly string[] } {
  const value = parsed(text);
  const [dependencies, devDependencies, scripts] = ['dependencies', 'devDependencies', 'scripts'].map((key) => {
    const found = (value as Readonly<Record<string, unknown>>)[key];
    return typeof found === 'object' && found !== null ? found : {};
  });
  return {
    packages: [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})],
    scripts: Object.values(scripts ?? {}).map(String),
  };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
