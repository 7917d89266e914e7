import type { KnownVersions } from '../../docker/image.ts';
import type { Names } from '../../elixir/names.ts';

/** Files that a project without releases gets, in our own words and with its own names. */

/** `rel/overlays/bin/server`: starts the release and its web server. */
export function serverScript(releases: readonly string[]): string {
  return releaseScript('Starts the release and its web server.', releases, 'start', ['export PHX_SERVER=true']);
}

/** `rel/overlays/bin/migrate`: brings the databases up to date by `call`, `Shop.Release.migrate`, then ends. */
export function migrateScript(releases: readonly string[], call: string): string {
  const what = 'Brings every database up to date and ends; run it once for each deploy.';
  return releaseScript(what, releases, `eval ${call}`);
}

/** A script of `rel/overlays/bin` that calls a function without starting the app. */
export function callingScript(releases: readonly string[], call: string): string {
  return releaseScript(`Calls ${call} without starting the app.`, releases, `eval ${call}`);
}

/** A script beside a release's own program, which it finds whatever directory it is called from. */
function releaseScript(what: string, releases: readonly string[], words: string, before: readonly string[] = []) {
  const [release = ''] = releases;
  const call =
    releases.length < 2
      ? [`exec "$here/${release}" ${words}`]
      : [
          // Overlays go into every release, and each has the program of its own name alone.
          `for release in ${releases.join(' ')}; do`,
          `  [ ! -x "$here/$release" ] || exec "$here/$release" ${words}`,
          'done',
          'echo "no release found in $here" >&2',
          'exit 1',
        ];
  const head = ['#!/bin/sh', `# ${what}`, 'set -eu', 'here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)'];
  return `${[...head, ...before, ...call].join('\n')}\n`;
}

/** A module, by its full name, that migrates without Mix. */
export function releaseModule(module: string, app: string): string {
  return `defmodule ${module} do
  @moduledoc "Database tasks for releases, which come without Mix."

  @app :${app}

  @doc "Runs the migrations that have not run yet, for every repo."
  def migrate do
    Enum.each(repos(), fn repo -> on_repo(repo, :up, all: true) end)
  end

  @doc "Takes migrations of one repo back, down to and including \`version\`."
  def rollback(repo, version) do
    on_repo(repo, :down, to: version)
  end

  defp on_repo(repo, direction, options) do
    run = fn started -> Ecto.Migrator.run(started, direction, options) end
    {:ok, _result, _apps} = Ecto.Migrator.with_repo(repo, run)
  end

  defp repos do
    # Databases reached over TLS need :ssl before the repo starts.
    {:ok, _apps} = Application.ensure_all_started(:ssl)
    :ok = Application.ensure_loaded(@app)
    Application.fetch_env!(@app, :ecto_repos)
  end
end
`;
}

/** `rel/env.sh.eex`: what a Distillery \`vm.args\` said about the node, as environment variables. */
export function environmentScript(
  node: { readonly long: boolean; readonly name: string } | null,
  cookie: string | null,
  flags: readonly string[] = [],
  before: readonly string[] = [],
): string {
  const lines = ['#!/bin/sh', '', ...before];
  if (node)
    lines.push(`export RELEASE_DISTRIBUTION=${node.long ? 'name' : 'sname'}`, `export RELEASE_NODE=${node.name}`);
  else lines.push(`export RELEASE_DISTRIBUTION="\${RELEASE_DISTRIBUTION:-none}"`);
  if (cookie) lines.push('# The cookie of vm.args is a secret: set RELEASE_COOKIE where the release runs.');
  // The arguments of the VM are read as they stand: only here is a variable filled in.
  if (flags.length > 0) lines.push(`export ERL_FLAGS="${flags.join(' ').replaceAll('"', '\\"')}"`);
  return `${lines.join('\n')}\n`;
}

/** How npm or Yarn builds the assets of a project without esbuild. */
export interface NpmBuild {
  /** Directory of `package.json`, `assets` or `apps/shop_web/assets`. */
  readonly directory: string;
  readonly install: string;
  readonly build: string;
  /** Version of Node that the project states. */
  readonly node: string | null;
}

interface DockerText {
  readonly release: string;
  readonly names: Names;
  readonly versions: KnownVersions;
  /** Whether assets are built by \`mix assets.deploy\`, by npm in a stage of its own, or not at all. */
  readonly assets: boolean | NpmBuild;
  readonly umbrella: boolean;
  readonly rel: boolean;
}

/**
 * A Dockerfile in two stages. A version that the project does not tell stays an \`ARG\` without a default, so that the
 * build asks for it and does not take one that nobody chose.
 */
export function dockerfileText({ release, names, versions, assets, umbrella, rel }: DockerText): string {
  const arg = (name: string, value: string | null) => (value === null ? `ARG ${name}` : `ARG ${name}=${value}`);
  const npm = typeof assets === 'boolean' ? null : assets;
  const sources = umbrella ? ['COPY apps apps'] : ['COPY priv priv', 'COPY lib lib'];
  const manifests = umbrella ? ['COPY apps apps'] : [];
  const mixTask = (task: string) => (umbrella ? `RUN mix do --app ${names.webApp} ${task}` : `RUN mix ${task}`);
  return `${[
    '# Tags that exist for all three: https://hub.docker.com/r/hexpm/elixir/tags',
    arg('ELIXIR_VERSION', versions.elixir),
    arg('OTP_VERSION', versions.otp),
    arg('DEBIAN_VERSION', versions.debian),
    ...(npm ? [arg('NODE_VERSION', npm.node)] : []),
    '',
    '# ---- build',
    'FROM hexpm/elixir:$ELIXIR_VERSION-erlang-$OTP_VERSION-debian-$DEBIAN_VERSION AS build',
    'ENV MIX_ENV=prod',
    'WORKDIR /src',
    'RUN apt-get update \\',
    '  && apt-get install --yes --no-install-recommends build-essential ca-certificates git \\',
    '  && rm -rf /var/lib/apt/lists/*',
    'RUN mix do local.hex --force, local.rebar --force',
    '',
    '# Deps are compiled before the sources come in, so that they stay cached.',
    'COPY mix.exs mix.lock ./',
    ...manifests,
    'RUN mix deps.get --only prod',
    'COPY config/config.exs config/prod.exs config/',
    'RUN mix deps.compile',
    ...(umbrella ? [] : sources),
    'RUN mix compile',
    ...(assets === true && !umbrella ? ['COPY assets assets'] : []),
    ...(assets === true ? [mixTask('assets.deploy')] : []),
    ...(npm ? npmStages(npm, mixTask('phx.digest')) : []),
    '',
    '# A change of runtime configuration compiles nothing anew.',
    'COPY config/runtime.exs config/',
    ...(rel ? ['COPY rel rel'] : []),
    'RUN mix release',
    '',
    '# ---- run',
    'FROM debian:$DEBIAN_VERSION AS run',
    'RUN apt-get update \\',
    '  && apt-get install --yes --no-install-recommends ca-certificates libncurses6 libstdc++6 openssl \\',
    '  && rm -rf /var/lib/apt/lists/*',
    'ENV LANG=C.UTF-8',
    'WORKDIR /app',
    `COPY --from=${npm ? 'release' : 'build'} --chown=nobody:nogroup /src/_build/prod/rel/${release} ./`,
    'USER nobody',
    'CMD ["/app/bin/server"]',
  ].join('\n')}\n`;
}

/** Bundlers read packages out of deps, and class names out of the code; what they write goes to priv/static. */
function npmStages({ directory, install, build }: NpmBuild, digest: string): string[] {
  const served = `${directory.replace(/assets$/, '')}priv/static`;
  return [
    '',
    '# ---- assets',
    'FROM node:$NODE_VERSION AS assets',
    'WORKDIR /src',
    'COPY --from=build /src .',
    ...(directory === 'assets' ? ['COPY assets assets'] : []),
    `WORKDIR /src/${directory}`,
    `RUN ${install}`,
    `RUN NODE_ENV=production ${build}`,
    '',
    '# ---- release',
    'FROM build AS release',
    `COPY --from=assets /src/${served} ${served}`,
    digest,
  ];
}
