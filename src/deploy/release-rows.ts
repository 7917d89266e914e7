import type { Expr } from '../elixir/ast.ts';
import { display } from '../elixir/canonical.ts';
import { callName, functionsOf, modulesOf } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { lineAt } from '../elixir/position.ts';
import type { FileOperation } from '../merge/files/operation.ts';
import type { Operation } from '../merge/operation.ts';
import { serverSetting } from './config-rows.ts';
import { ignoreText } from './docker-image-rows.ts';
import type { Finding } from './finding.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { isUmbrella, releaseDeclaration, releaseName } from './release-name.ts';
import { callsOf, everyExpr, type Sources } from './sources.ts';
import { dockerfileText, environmentScript, migrateScript, releaseModule, serverScript } from './texts.ts';
import { ownVersions } from './versions.ts';

/** What a project has of releases: Distillery and its like, and what `mix release` needs. */
export function releaseRows(input: DeployInput, sources: Sources): Seen[] {
  return [
    ...distillery(input, sources),
    ...unmaintained(sources),
    ...adoption(input, sources),
    ...newDockerfile(input, sources),
  ];
}

function distillery(input: DeployInput, sources: Sources): Seen[] {
  const { tree } = input;
  const dep = sources.dep('distillery');
  const config = tree.has('rel/config.exs') ? sources.elixir('rel/config.exs') : null;
  const isDistillery =
    config !== null &&
    everyExpr(config.body).some((expr) => /Distillery|Mix\.Releases/.test(expr.kind === 'alias' ? expr.name : ''));
  if (!dep && !isDistillery) return [];
  const findings: Finding[] = [
    ...(dep
      ? [
          {
            path: dep.path,
            line: dep.line,
            message: 'Distillery is replaced by mix release',
          },
        ]
      : []),
    ...(config ? carriedOver(config.text, config.body) : []),
    ...(tree.has('rel/vm.args')
      ? [
          {
            path: 'rel/vm.args',
            line: 1,
            message: 'mix release reads rel/vm.args.eex; name and cookie belong to rel/env.sh.eex',
          },
        ]
      : []),
  ];
  const removal: Operation[] = dep ? [{ kind: 'remove-dep', path: dep.path, dep: dep.name }] : [];
  return seen('distillery', findings, [...vmArguments(input), ...removal, ...releaseDeclaration(input.names, sources)]);
}

const settings: Readonly<Record<string, string>> = {
  plugin: 'a plugin: write it as a step of the release in mix.exs',
  overlays: 'files copied into the release: put them below rel/overlays',
  commands: 'own commands: write them as scripts in rel/overlays/bin',
  vm_args: 'rel/vm.args.eex takes its place',
  config_providers: 'config providers: list them under config_providers: of the release in mix.exs',
};

/** Settings of `rel/config.exs` that a person has to carry over, one by one. */
function carriedOver(text: string, body: readonly Expr[]): Finding[] {
  const at = (expr: Expr, message: string) => ({
    path: 'rel/config.exs',
    line: lineAt(text, expr.range.start),
    message,
  });
  return [
    at(
      body[0] ?? { kind: 'other', text: '', range: { start: 0, end: 0 } },
      "Distillery's configuration: releases: in mix.exs takes its place",
    ),
    ...callsOf(body, ['plugin']).map((call) =>
      at(call, `${call.args.map((arg) => display(arg)).join(', ')}: ${settings.plugin}`),
    ),
    ...callsOf(body, ['set']).flatMap((call) =>
      (keywordPairs(call.args[0]) ?? []).flatMap((pair) => {
        const hook = /^(?:pre|post)_\w+_hooks?$/.test(pair.name);
        const message = hook ? 'a hook: call it from rel/env.sh.eex or from an overlay script' : settings[pair.name];
        return message === undefined ? [] : [at(pair, `${pair.name} ${display(pair.value)}: ${message}`)];
      }),
    ),
  ];
}

const nodeFlags = new Set(['-name', '-sname', '-setcookie']);

function vmArguments({ tree, names }: DeployInput): FileOperation[] {
  const text = tree.read('rel/vm.args');
  if (text === undefined) return [];
  const lines = text.split(/\r?\n/);
  const flag = (line: string) => line.trim().split(/\s+/)[0] ?? '';
  const value = (name: string) =>
    lines
      .find((line) => flag(line) === name)
      ?.trim()
      .split(/\s+/)[1] ?? null;
  const kept = lines.filter((line) => !nodeFlags.has(flag(line)));
  const long = value('-name');
  const name = (long ?? value('-sname'))?.replaceAll('<%= release_name %>', names.webApp) ?? null;
  const node = name === null ? null : { long: long !== null, name };
  const create = (path: string, own: string): FileOperation[] =>
    tree.has(path) ? [] : [{ kind: 'create-file', path, text: own, executable: false }];
  return [
    ...create('rel/vm.args.eex', `${kept.join('\n').trim()}\n`),
    ...create('rel/env.sh.eex', environmentScript(node, value('-setcookie'))),
    { kind: 'delete-file', path: 'rel/vm.args' },
  ];
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
  const deployed = isDeployed(input, sources);
  const declared = missing.length > 0 && isUmbrella(sources) ? releaseDeclaration(names, sources) : [];
  const server = declared.length > 0 && deployed ? serverSetting(input) : [];
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

/** Signs that the project is built into images although it has no Dockerfile of its own. */
function newDockerfile(input: DeployInput, sources: Sources): Seen[] {
  const { tree, names } = input;
  const elixir = sources.dockerfiles.length > 0;
  const sign = tree.paths.find(
    (path) =>
      /^(?:\.dockerignore|fly[\w.-]*\.toml|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path) &&
      buildsImage(path, tree.read(path) ?? ''),
  );
  if (elixir || sign === undefined || tree.has('Dockerfile')) return [];
  const versions = ownVersions(sources);
  const unknown = Object.entries(versions)
    .filter(([, version]) => version === null)
    .map(([name]) => name);
  const manifests = tree.paths.filter((path) => /^(?:apps\/[^/]+\/)?mix\.exs$/.test(path));
  const assets = everyExpr(manifests.flatMap((path) => sources.elixir(path).body)).some(
    (expr) => expr.kind === 'pair' && expr.name === 'assets.deploy',
  );
  const umbrella = isUmbrella(sources);
  const release = releaseName(names, sources);
  const text = dockerfileText({ release, names, versions, assets, umbrella, rel: true });
  const create = (path: string, own: string): FileOperation[] =>
    tree.has(path) ? [] : [{ kind: 'create-file', path, text: own, executable: false }];
  const findings = [{ path: sign, line: 1, message: 'images are built, but there is no Dockerfile' }];
  const asks = unknown.map((name) => ({
    path: sign,
    line: 1,
    message: `the project does not say which ${name} version to use: give the ARG of the new Dockerfile a default`,
  }));
  return seen(
    'dockerfile',
    [...findings, ...asks],
    [...create('Dockerfile', text), ...create('.dockerignore', ignoreText)],
  );
}

/** A compose file that only starts a database builds nothing. */
function buildsImage(path: string, text: string): boolean {
  if (/\.ya?ml$/.test(path)) return /^\s+build:/m.test(text);
  return !path.endsWith('.toml') || !/^\s*(?:image|builder|buildpacks)\s*=/m.test(text);
}
