import { everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import type { FileOperation } from '../../merge/files/operation.ts';
import { serverSetting } from './config-rows.ts';
import { newDockerfile } from './first-dockerfile.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { isUmbrella, releaseDeclaration, releaseName } from './release-name.ts';
import type { Sources } from './sources.ts';
import { migrateScript, releaseModule, serverScript } from './texts.ts';

/** What a project has and lacks for releases: packages nobody maintains, what `mix release` needs, a Dockerfile. */
export function releaseRows(input: DeployInput, sources: Sources): Seen[] {
  return [...unmaintained(sources), ...adoption(input, sources), ...newDockerfile(input, sources)];
}

const replacements: Readonly<Record<string, string>> = {
  edeliver: 'build with a Dockerfile or in CI, ship the release, and run bin/migrate before it starts',
  exrm: 'mix release builds the release',
  relx: 'mix release builds the release',
  bottler: 'mix release builds the release; copying it is a step of CI',
  gatling: 'mix release builds the release; nginx and the service are set up on the server',
};

function unmaintained(sources: Sources): Seen[] {
  const deps = sources.deps.flatMap(({ name, path, line }) => {
    const advice = replacements[name];
    return advice === undefined ? [] : [{ path, line, message: `${name} is no longer maintained: ${advice}` }];
  });
  const [deliver] = sources.tree.paths.filter((path) => path.startsWith('.deliver/'));
  const directory = deliver
    ? [{ path: deliver, line: 1, message: `edeliver's configuration: ${replacements.edeliver}` }]
    : [];
  return seen('unmaintained-deploy', [...deps, ...directory]);
}

/** What is missing of a full set: scripts, release module. */
function adoption(input: DeployInput, sources: Sources): Seen[] {
  const { tree, names, config } = input;
  const deployed = isDeployed(input, sources);
  const declaration = isUmbrella(sources) ? releaseDeclaration(names, sources) : [];
  // The generator has no release files for an umbrella: only one that is released or runs somewhere is given some.
  if (declaration.length > 0 && !deployed) return [];
  const repos = config.entries.some(({ keyPath }) => keyPath[1] === 'ecto_repos') && sources.hasDep('ecto_sql');
  const core = tree.paths.some((path) => path.startsWith(`apps/${names.app}/lib/`)) ? `apps/${names.app}/` : '';
  const release = releaseName(names, sources);
  const missing: FileOperation[] = [];
  const create = (path: string, text: string, executable: boolean) => {
    if (!tree.has(path)) missing.push({ kind: 'create-file', path, text, executable });
  };
  create('rel/overlays/bin/server', serverScript(release), true);
  if (repos && !hasReleaseModule(sources))
    create(`${core}lib/${names.app}/release.ex`, releaseModule(names, names.app), false);
  if (repos) create('rel/overlays/bin/migrate', migrateScript(release, names), true);
  const [first] = missing;
  const files = missing.map(({ path }) => path).join(', ');
  const findings = first
    ? [{ path: 'mix.exs', line: projectLine(sources), message: `missing for a release: ${files}` }]
    : [];
  // An umbrella has to say what its release holds, and no generator lets PHX_SERVER start its web server.
  const declared = missing.length > 0 ? declaration : [];
  const server = declared.length > 0 ? serverSetting(input) : [];
  const topic = deployed ? 'release-files' : 'release-adoption';
  return [...seen(topic, findings, [...missing, ...declared, ...server]), ...notExecutable({ tree })];
}

/** Whether anything says that the project runs elsewhere than where it is developed. */
function isDeployed({ tree }: DeployInput, sources: Sources): boolean {
  const signs = /^(?:fly[\w.-]*\.toml|Procfile|app\.json|render\.yaml|elixir_buildpack\.config|(?:rel|\.deliver)\/.*)$/;
  return sources.dockerfiles.length > 0 || sources.hasDep('distillery') || tree.paths.some((path) => signs.test(path));
}

function hasReleaseModule(sources: Sources): boolean {
  const modules = sources.libFiles(/Ecto\.Migrator/).flatMap(({ source }) => modulesOf(source));
  return modules.some(({ body }) => {
    const migrating = everyExpr(body).some(
      (expr) => callName(expr) === 'Ecto.Migrator.run' || callName(expr) === 'Ecto.Migrator.with_repo',
    );
    return migrating && functionsOf(body).some(({ kind }) => kind === 'def');
  });
}

function projectLine(sources: Sources): number {
  const source = sources.elixir('mix.exs');
  const project = modulesOf(source)
    .flatMap(({ body }) => functionsOf(body))
    .find(({ name }) => name === 'project');
  return project ? lineAt(source.text, project.range.start) : 1;
}

function notExecutable({ tree }: Pick<DeployInput, 'tree'>): Seen[] {
  const scripts = tree.paths.filter((path) => /^rel\/overlays\/bin\/[\w-]+$/.test(path) && !tree.executable(path));
  const message = 'the script is not executable';
  return seen(
    'overlay-mode',
    scripts.map((path) => ({ path, line: 1, message })),
    scripts.map((path) => ({ kind: 'set-mode', path, executable: true })),
  );
}
