import type { Source } from '../elixir/ast.ts';
import type { ConfigModel } from '../elixir/config/model.ts';
import { type ConfigEntryPoints, listing, readConfig } from '../elixir/config/read.ts';
import { endpointModule } from '../elixir/endpoint/read.ts';
import type { Mixfile } from '../elixir/mix/model.ts';
import type { Names } from '../elixir/names.ts';
import { plainText } from '../elixir/plain-text.ts';
import { routerModule } from '../elixir/router/read.ts';
import { applicationModule } from '../elixir/supervision/read.ts';
import { webModule } from '../elixir/web/read.ts';
import { UpgradeError } from '../errors/error.ts';
import { type LockedPackage, readLock } from './lock.ts';
import { SourceFiles } from './source-files.ts';
import type { FileTree } from './tree.ts';

/** One Mix project: the whole of a plain app, one app of an umbrella, or an umbrella's root. */
export interface MixProject {
  /** Directory from the root; empty for the root itself. */
  readonly directory: string;
  /** Path of its `mix.exs`. */
  readonly path: string;
  readonly app: string | null;
  readonly mixfile: Mixfile;
  /** Path of the module with `use Application`; null where there is none. */
  readonly application: string | null;
}

/** The files of the web part that have readers; null where there is none. */
export interface WebFiles {
  readonly endpoint: string | null;
  readonly router: string | null;
  readonly web: string | null;
}

/** A Phoenix project as it stands. */
export interface Project {
  readonly tree: FileTree;
  readonly sources: SourceFiles;
  readonly names: Names;
  readonly umbrella: boolean;
  readonly root: MixProject;
  /** The app with the repo and the business modules; the root itself in a plain project. */
  readonly core: MixProject;
  /** The app with the endpoint; the root itself in a plain project. */
  readonly web: MixProject;
  /** Every app of an umbrella; the root alone in a plain project. */
  readonly apps: readonly MixProject[];
  readonly webFiles: WebFiles;
  readonly config: ConfigModel;
  /** Locked versions of hex packages by name. */
  readonly locked: ReadonlyMap<string, string>;
  /** The lock as it is written. */
  readonly lock: { readonly path: string; readonly packages: readonly LockedPackage[] };
}

interface FoundModule {
  readonly path: string;
  readonly module: string;
}

/**
 * Reads a project from the tree of its root; `label` names it in errors. Throws `no-mix-exs`, `bad-mix-exs` and
 * `not-a-phoenix-project`; all else that cannot be read is left to findings.
 */
export function readProject(tree: FileTree, label = '.'): Project {
  const sources = new SourceFiles(tree);
  const root = mixProject(tree, sources, '', label);
  const appsPath = root.mixfile.appsPath;
  const apps = appsPath === null ? [root] : umbrellaApps(tree, sources, appsPath);
  const endpoints = new Map(apps.filter(usesPhoenix).map((app) => [app, findEndpoint(sources, app)]));
  const web = webApp(endpoints);
  if (!web) throw new UpgradeError('not-a-phoenix-project', { path: label });
  const core = coreApp(apps, web);
  const endpoint = endpoints.get(web) ?? null;
  const lockPath = textOf(root.mixfile, 'lockfile') ?? 'mix.lock';
  const packages = readLock(tree.read(lockPath) ?? '');
  return {
    tree,
    sources,
    names: namesOf(core, web, endpoint),
    umbrella: appsPath !== null,
    root,
    core,
    web,
    apps,
    webFiles: webFiles(sources, web, endpoint?.path ?? null),
    config: readConfig(listedText(tree), listing(tree.paths), configEntry(root.mixfile)),
    locked: new Map(packages.flatMap(({ name, version }) => (version === null ? [] : [[name, version] as const]))),
    lock: { path: lockPath, packages },
  };
}

/** Config that git ignores (`prod.secret.exs`) is of one machine, and not for plans to show. */
function listedText(tree: FileTree): (path: string) => string | undefined {
  const listed = new Set(tree.paths);
  return (path) => (listed.has(path) ? tree.read(path) : undefined);
}

function mixProject(tree: FileTree, sources: SourceFiles, directory: string, label: string): MixProject {
  const path = directory === '' ? 'mix.exs' : `${directory}/mix.exs`;
  if (!tree.has(path)) throw new UpgradeError('no-mix-exs', { path: label });
  const source = sources.get(path);
  if (source === undefined) throw new UpgradeError('binary-file', { path });
  const [problem] = source.problems;
  if (problem) throw new UpgradeError('bad-mix-exs', { path, line: problem.line });
  const mixfile = sources.mixfile(path);
  const application = findModule(sources, directory, 'Application', /\/application\.ex$/, applicationModule);
  return { directory, path, app: atomOf(mixfile, 'app'), mixfile, application: application?.path ?? null };
}

function umbrellaApps(tree: FileTree, sources: SourceFiles, appsPath: string): MixProject[] {
  const directories = tree.paths.flatMap((path) => {
    const match = path.startsWith(`${appsPath}/`) ? /^([^/]+)\/mix\.exs$/.exec(path.slice(appsPath.length + 1)) : null;
    return match ? [`${appsPath}/${match[1]}`] : [];
  });
  return directories.map((directory) => mixProject(tree, sources, directory, directory));
}

function usesPhoenix({ mixfile }: MixProject): boolean {
  return mixfile.deps.some((dep) => dep.name === 'phoenix');
}

/**
 * Of several apps with an endpoint the one that the umbrella's own app has from the generator, `shop_web` beside `shop`; else
 * one whose endpoint is named as the generator does, any with an endpoint, any that depends on Phoenix.
 */
function webApp(endpoints: ReadonlyMap<MixProject, FoundModule | null>): MixProject | undefined {
  const apps = [...endpoints];
  const [paired] = apps.find(([app, endpoint]) => endpoint !== null && isPaired(app)) ?? [];
  if (paired) return paired;
  const [first] = apps.find(([, endpoint]) => endpoint?.module.endsWith('Web.Endpoint')) ?? [];
  const [second] = apps.find(([, endpoint]) => endpoint !== null) ?? [];
  return first ?? second ?? apps[0]?.[0];
}

/** Whether an app is named after one that it depends on, as the generator names the web part. */
function isPaired({ app, mixfile }: MixProject): boolean {
  return mixfile.deps.some(({ name, options }) => {
    return app === `${name}_web` && options.some((option) => option.name === 'in_umbrella');
  });
}

/** The app that the web app is named after or depends on, else the web app itself. */
function coreApp(apps: readonly MixProject[], web: MixProject): MixProject {
  const inUmbrella = web.mixfile.deps.filter((dep) => dep.options.some(({ name }) => name === 'in_umbrella'));
  const siblings = apps.filter((app) => app !== web && inUmbrella.some((dep) => dep.name === app.app));
  return siblings.find((app) => web.app === `${app.app}_web`) ?? siblings[0] ?? web;
}

/** The endpoint of an app: the module in `endpoint.ex` first, then any other that uses Phoenix.Endpoint. */
function findEndpoint(sources: SourceFiles, app: MixProject): FoundModule | null {
  return findModule(sources, app.directory, 'Phoenix.Endpoint', /\/endpoint\.ex$/, endpointModule);
}

function findModule(
  sources: SourceFiles,
  directory: string,
  marker: string,
  likely: RegExp,
  moduleIn: (source: Source) => string | null,
): FoundModule | null {
  for (const { path, source } of sources.mentioning(directory, marker, likely)) {
    const module = moduleIn(source);
    if (module !== null) return { path, module };
  }
  return null;
}

function webFiles(sources: SourceFiles, web: MixProject, endpoint: string | null): WebFiles {
  const find = (marker: string, likely: RegExp, moduleIn: (source: Source) => string | null) =>
    findModule(sources, web.directory, marker, likely, moduleIn)?.path ?? null;
  return {
    endpoint,
    router: find('outer', /\/router\.ex$/, routerModule),
    web: find('__using__', /(_web|\/web)\.ex$/, webModule),
  };
}

/**
 * The names all through a project: the base module is what the Mix module is named after, the web module what the
 * endpoint is. Never the directory, which people rename.
 */
function namesOf(core: MixProject, web: MixProject, endpoint: FoundModule | null): Names {
  const module = baseModule(core.mixfile);
  const app = core.app ?? web.app ?? '';
  return {
    app,
    webApp: web.app ?? app,
    module,
    webModule: endpoint?.module.replace(/\.Endpoint$/, '') ?? `${module}Web`,
  };
}

function baseModule(mixfile: Mixfile): string {
  const started = mixfile.application.find(({ path }) => path.join('.') === 'mod')?.value;
  const [module] = started?.kind === 'tuple' ? started.items : [];
  if (module?.kind === 'alias' && module.name.endsWith('.Application')) return module.name.slice(0, -12);
  return mixfile.module?.name.replace(/\.(MixProject|Mixfile)$/, '') ?? '';
}

function configEntry(mixfile: Mixfile): ConfigEntryPoints {
  const build = textOf(mixfile, 'config_path') ?? 'config/config.exs';
  return { build, runtime: build.replace(/[^/]*$/, 'runtime.exs') };
}

function projectValue(mixfile: Mixfile, key: string) {
  return mixfile.project.find(({ path }) => path.length === 1 && path[0] === key)?.value;
}

function atomOf(mixfile: Mixfile, key: string): string | null {
  const value = projectValue(mixfile, key);
  return value?.kind === 'atom' ? value.name : null;
}

function textOf(mixfile: Mixfile, key: string): string | null {
  return plainText(projectValue(mixfile, key)) || null;
}
