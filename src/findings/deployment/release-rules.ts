import { everyExpr } from '../../elixir/children.ts';
import { aliasesOf, functionsOf, type ModuleDefinition, moduleName, modulesOf } from '../../elixir/module.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import type { FileOperation } from '../../merge/files/operation.ts';
import { camelize } from '../../pristine/naming.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { decidesToServe, serverSetting } from './config-rules.ts';
import { ownCommands } from './distillery-commands.ts';
import { newDockerfile } from './first-dockerfile.ts';
import { isUmbrella, releaseDeclaration, releaseNames } from './release-name.ts';
import { hasRepo } from './repo.ts';
import { migrateScript, releaseModule, serverScript } from './texts.ts';
import { unmaintained } from './unmaintained.ts';

/** What a project has and lacks for releases: packages nobody maintains, what `mix release` needs, a Dockerfile. */
export const releaseRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'unmaintained-deploy',
    topic: 'unmaintained-deploy',
    look: unmaintained,
  },
  {
    kind: 'project',
    id: 'release-files',
    topic: 'release',
    look: (context) => (isDeployed(context) ? missingFiles(context) : []),
  },
  {
    kind: 'project',
    id: 'release-adoption',
    topic: 'release',
    need: 'cosmetic',
    look: (context) => (isDeployed(context) ? [] : missingFiles(context)),
  },
  {
    kind: 'project',
    id: 'overlay-mode',
    topic: 'overlay-mode',
    look: notExecutable,
  },
  {
    kind: 'project',
    id: 'dockerfile',
    topic: 'dockerfile',
    look: newDockerfile,
  },
  {
    kind: 'project',
    id: 'cookie-in-sources',
    topic: 'secret-in-image',
    look: writtenCookies,
  },
];

/** What is missing of a full set: scripts, release module. */
function missingFiles(context: FindingContext): Sighting[] {
  const { tree, names, build } = context;
  const declaration = isUmbrella(build) ? releaseDeclaration(names, build) : [];
  // The generator has no release files for an umbrella: only one that is released or runs somewhere is given some.
  if (declaration.length > 0 && !isDeployed(context)) return [];
  const repos = hasRepo(context) && build.hasDep('ecto_sql');
  const core = tree.paths.some((path) => path.startsWith(`apps/${names.app}/lib/`)) ? `apps/${names.app}/` : '';
  const releases = releaseNames(names, build);
  const missing: FileOperation[] = [];
  const create = (path: string, text: string, executable: boolean) => {
    if (!tree.has(path)) missing.push({ kind: 'create-file', path, text, executable });
  };
  if (!servesByItself(context) && !servesAsItDecides(context))
    create('rel/overlays/bin/server', serverScript(releases), true);
  const own = releaseModules(build);
  const tasks = own.length === 0 ? freeModule(context, `${core}lib/${names.app}/`) : null;
  if (repos && tasks) create(tasks.path, releaseModule(tasks.module, names.app), false);
  const former = ownCommands(context).get('migrate') ?? undefined;
  const migrate = tasks ? `${tasks.module}.migrate` : (former ?? own.flatMap(migratingFunctions)[0]);
  // Where the app's own tasks have nothing to call without arguments, its people migrate in some way of theirs.
  if (repos && migrate !== undefined) create('rel/overlays/bin/migrate', migrateScript(releases, migrate), true);
  const [first] = missing;
  const files = missing.map(({ path }) => path).join(', ');
  const findings = first
    ? [{ path: 'mix.exs', line: projectLine(build), message: `missing for a release: ${files}` }]
    : [];
  // An umbrella has to say what its release holds, and no generator lets PHX_SERVER start its web server.
  const declared = missing.length > 0 ? declaration : [];
  const server = declared.length > 0 ? serverSetting(context) : [];
  return sighting(findings, [...missing, ...declared, ...server]);
}

/** Whether an image starts the release and the endpoint serves without being asked to: nobody needs a script that asks. */
function servesByItself({ build, config }: FindingContext): boolean {
  const serves = config.entries.some(
    ({ keyPath, scope, text, conditions }) =>
      /\.Endpoint$/.test(keyPath[1] ?? '') &&
      keyPath[2] === 'server' &&
      text === 'true' &&
      conditions.length === 0 &&
      /^(?:all|prod|runtime(?::prod)?)$/.test(scope),
  );
  const texts = build.dockerfiles.map(({ path }) => build.tree.read(path) ?? '');
  return (
    serves &&
    texts.some((text) => /\bbin\/\w+["',\s]+start\b/.test(text)) &&
    !texts.some((text) => text.includes('bin/server'))
  );
}

/**
 * Whether images hold a release and the project itself decides when it serves, by other means than `PHX_SERVER`: a script that sets
 * it would do nothing. Where something still starts by Mix, what takes its place calls the script.
 */
function servesAsItDecides(context: FindingContext): boolean {
  const { build, config, tree } = context;
  const images = build.dockerfiles.map(({ path }) => tree.read(path) ?? '');
  const others = [...config.files.map(({ path }) => path), 'Procfile'].map((path) => tree.read(path) ?? '');
  const asks = [...images, ...others].some((text) => /PHX_SERVER|bin\/server|mix (?:phx\.server|run)\b/.test(text));
  return (
    images.length > 0 &&
    images.every((text) => /\bmix\b.*(?<!\.)\brelease\b/.test(text)) &&
    !asks &&
    build.libFiles(/PHX_SERVER/).length === 0 &&
    decidesToServe(context)
  );
}

/** Whether anything says that the project runs elsewhere than where it is developed. */
function isDeployed({ tree, build }: FindingContext): boolean {
  const signs = /^(?:fly[\w.-]*\.toml|Procfile|app\.json|render\.yaml|elixir_buildpack\.config|(?:rel|\.deliver)\/.*)$/;
  return build.dockerfiles.length > 0 || build.hasDep('distillery') || tree.paths.some((path) => signs.test(path));
}

/** The generator's name for the module of release tasks, or another where the app means something else by that one. */
function freeModule(
  { tree, names, build }: FindingContext,
  directory: string,
): { readonly path: string; readonly module: string } | null {
  const named = ['release', 'release_tasks', 'database_tasks'].map((file) => {
    return { path: `${directory}${file}.ex`, module: `${names.module}.${camelize(file)}` };
  });
  const mentions = /Release|Tasks/;
  const defined = new Set(build.libFiles(mentions).flatMap(({ source }) => modulesOf(source).map(({ name }) => name)));
  const isFree = ({ path, module }: (typeof named)[number]) => !tree.has(path) && !defined.has(module);
  return named.find(isFree) ?? null;
}

/** Modules of the app's own that migrate without Mix. */
function releaseModules(build: BuildFiles): ModuleDefinition[] {
  const modules = build.libFiles(/\bMigrator\b/).flatMap(({ source }) => modulesOf(source));
  return modules.filter((module) => {
    const every = everyExpr(module.body);
    const aliases = aliasesOf(module, every);
    const migrating = every.some(
      (expr) =>
        expr.kind === 'dot' &&
        (expr.right === 'run' || expr.right === 'with_repo') &&
        moduleName(expr.left, aliases) === 'Ecto.Migrator',
    );
    return migrating && functionsOf(module.body).some(({ kind }) => kind === 'def');
  });
}

/** `Shop.ReleaseTasks.migrate`: what a script can call, `migrate` itself before names that are made of the word. */
function migratingFunctions({ name: module, body }: ModuleDefinition): string[] {
  const callable = functionsOf(body).filter(({ kind, args }) => kind === 'def' && args.length === 0);
  const names = callable.map(({ name }) => name).filter((name) => /migrat/.test(name) && !/status|pending/.test(name));
  return [...names.filter((name) => name === 'migrate'), ...names].map((name) => `${module}.${name}`);
}

function projectLine(build: BuildFiles): number {
  const source = build.elixir('mix.exs');
  const project = modulesOf(source)
    .flatMap(({ body }) => functionsOf(body))
    .find(({ name }) => name === 'project');
  return project ? lineAt(source.text, project.range.start) : 1;
}

function notExecutable({ tree }: FindingContext): Sighting[] {
  const scripts = tree.paths.filter((path) => /^rel\/overlays\/bin\/[\w-]+$/.test(path) && !tree.executable(path));
  const message = 'the script is not executable';
  return sighting(
    scripts.map((path) => ({ path, line: 1, message })),
    scripts.map((path) => ({ kind: 'set-mode', path, executable: true })),
  );
}

/** A cookie that whoever has the sources knows: it opens a shell on every node that can be reached. */
function writtenCookies({ tree, build }: FindingContext): Sighting[] {
  const message =
    'the cookie is written into every release: take it out, and set RELEASE_COOKIE as a secret where the release runs';
  const lines = (tree.read('rel/env.sh.eex') ?? '').split('\n');
  const scripted = lines.flatMap((line, index) =>
    /^\s*(?:export\s+)?RELEASE_COOKIE=["']?[^"'$\s]/.test(line)
      ? [{ path: 'rel/env.sh.eex', line: index + 1, message }]
      : [],
  );
  const declared = build.sources
    .mixfile('mix.exs')
    .releases.filter(({ path: keys, value }) => keys.at(-1) === 'cookie' && value.kind === 'string')
    .filter(({ value }) => plainText(value) !== null)
    .map(({ line }) => ({ path: 'mix.exs', line, message }));
  return sighting([...scripted, ...declared]);
}
