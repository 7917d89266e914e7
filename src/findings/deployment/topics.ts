import type { Said, Topic } from './said.ts';

const entry = (topic: Pick<Said, 'title' | 'why' | 'area'> & Partial<Said>): Said => ({
  docs: null,
  need: 'recommended',
  risk: 'review',
  after: [],
  commands: [],
  ...topic,
});

const releaseDocs = 'https://hexdocs.pm/mix/Mix.Tasks.Release.html';
const deployDocs = 'https://hexdocs.pm/phoenix/releases.html';
const configDocs = 'https://hexdocs.pm/elixir/config-and-releases.html';
const sqlDocs = 'https://hexdocs.pm/ecto_sql/Ecto.Migration.html';

const said = {
  'mix-config': { joins: 'import-config' },
  'build-time-env': { joins: 'runtime-config' },
  'system-tuples': entry({
    title: 'Replace {:system, …} by values of runtime.exs',
    why: 'Phoenix and Ecto no longer read such tuples.',
    area: 'config',
    need: 'required',
    docs: configDocs,
    risk: 'review',
  }),
  'load-from-system-env': { joins: 'endpoint-init' },
  'distillery-strings': entry({
    title: 'Replace strings that Distillery filled in by values of runtime.exs',
    why: 'mix release leaves them as they are.',
    area: 'config',
    docs: configDocs,
    risk: 'review',
  }),
  'secret-files': { joins: 'runtime-config' },
  'compile-time-key': entry({
    title: 'Set compile-time keys at compile time',
    why: 'A release compares them with what it was compiled with, and refuses to boot when they differ.',
    area: 'config',
    need: 'required',
    docs: configDocs,
    risk: 'review',
  }),
  'no-server': { joins: 'phx-server', need: 'required' },
  'mix-at-runtime': entry({
    title: 'Keep Mix out of code that runs',
    why: 'A release has no Mix: such a call crashes.',
    area: 'releases',
    docs: releaseDocs,
    risk: 'manual',
  }),
  'supervisor-spec': { joins: 'child-specs' },
  distillery: entry({
    title: 'From Distillery to mix release',
    why: 'Elixir builds releases itself; Distillery is no longer maintained.',
    area: 'releases',
    docs: releaseDocs,
    after: ['release'],
  }),
  'unmaintained-deploy': entry({
    title: 'Replace unmaintained deployment tools',
    why: 'They do not follow newer versions of Elixir and OTP.',
    area: 'releases',
    docs: releaseDocs,
    risk: 'manual',
  }),
  'release-files': { joins: 'release' },
  'release-adoption': { joins: 'release', need: 'cosmetic' },
  'overlay-mode': entry({
    title: 'Make the release scripts executable',
    why: 'The container cannot start a script without that permission.',
    area: 'releases',
    need: 'required',
    risk: 'safe',
  }),
  dockerfile: { joins: 'dockerfile' },
  'mix-at-start': entry({
    title: 'Start the release, not Mix',
    why: 'Mix needs sources and compilers in the image, and starts slower.',
    area: 'docker',
    docs: deployDocs,
    after: ['release'],
  }),
  'single-stage': entry({
    title: 'Build in one stage, run in another',
    why: 'The image that ships then holds the release and nothing else.',
    area: 'docker',
    docs: deployDocs,
    after: ['release'],
  }),
  'migrations-at-start': entry({
    title: 'Migrate once for each deploy',
    why: 'Instances that start together would all migrate, and a failing migration would stop every one of them.',
    area: 'deploy',
    docs: deployDocs,
    after: ['release'],
  }),
  'debian-mismatch': entry({
    title: 'Build and run on the same Debian release',
    why: 'The VM is linked against libraries of the system it was built on.',
    area: 'docker',
    need: 'required',
  }),
  'old-debian': { joins: 'docker-debian' },
  'alpine-runner': entry({
    title: 'Alpine runs the release',
    why: 'musl differs from glibc in DNS and for compiled code.',
    area: 'docker',
    need: 'cosmetic',
    risk: 'manual',
  }),
  'assets-before-code': { joins: 'docker-compile-first' },
  'no-digest': entry({
    title: 'Build and digest assets in the image',
    why: 'Without digests browsers keep old files.',
    area: 'docker',
    risk: 'manual',
  }),
  'npm-with-esbuild': entry({
    title: 'Drop npm steps that install nothing',
    why: 'esbuild needs no Node.',
    area: 'docker',
    need: 'cosmetic',
    risk: 'manual',
  }),
  'runtime-config-order': entry({
    title: 'Copy runtime.exs after compiling',
    why: 'It is read when the app starts; copied early it invalidates the compiled layers.',
    area: 'docker',
    need: 'cosmetic',
    risk: 'safe',
  }),
  'secret-in-image': entry({
    title: 'Keep secrets out of images',
    why: 'Whoever can pull the image can read them.',
    area: 'docker',
    risk: 'manual',
  }),
  'root-user': entry({
    title: 'Run as a user without privileges',
    why: 'A hole in the app is then no hole in the container.',
    area: 'docker',
    risk: 'manual',
  }),
  dockerignore: { joins: 'dockerignore' },
  'version-too-old': entry({
    title: 'Versions that the target needs',
    why: 'The target does not compile on older ones.',
    area: 'tooling',
    need: 'required',
  }),
  'version-disagreement': entry({
    title: 'The same versions everywhere',
    why: 'What CI tests should be what runs.',
    area: 'tooling',
    risk: 'manual',
  }),
  'fly-release-command': entry({
    title: 'Migrate in release_command',
    why: 'Fly runs it once, on one machine, before it replaces any.',
    area: 'deploy',
    docs: 'https://fly.io/docs/reference/configuration/',
    after: ['release'],
  }),
  'fly-address': entry({
    title: 'Host and port on Fly',
    why: 'The proxy has to reach the app, and the app has to know its name.',
    area: 'deploy',
    risk: 'manual',
  }),
  'fly-health-check': entry({
    title: 'A health check on Fly',
    why: 'Only a check tells a booted instance from a broken one.',
    area: 'deploy',
    risk: 'manual',
  }),
  'fly-stop': entry({
    title: 'Stop in order on Fly',
    why: 'Open requests and sockets are drained on SIGTERM.',
    area: 'deploy',
    risk: 'safe',
  }),
  'procfile-release': entry({
    title: 'Migrate in the release phase',
    why: 'Nothing else does it before the new version starts.',
    area: 'deploy',
    risk: 'manual',
  }),
  'pool-size': entry({
    title: 'Connections that the database has',
    why: 'Instances and one-off commands share them.',
    area: 'deploy',
    risk: 'manual',
  }),
  'kubernetes-probes': entry({
    title: 'Probes that wait for the boot',
    why: 'An instance that is started over while it boots never serves.',
    area: 'deploy',
    risk: 'manual',
  }),
  'kubernetes-grace': entry({
    title: 'Time to drain',
    why: 'Requests under way are cut off when the time is up.',
    area: 'deploy',
    risk: 'manual',
  }),
  'systemd-unit': entry({
    title: 'Release commands in systemd units',
    why: 'mix release names its commands otherwise.',
    area: 'deploy',
    need: 'required',
    risk: 'manual',
    after: ['release'],
  }),
  'nginx-websocket': entry({
    title: 'Pass websockets through nginx',
    why: 'LiveView and channels upgrade their connection.',
    area: 'deploy',
    risk: 'manual',
  }),
  clustering: entry({
    title: 'Let instances find each other',
    why: 'PubSub and Presence reach only connected nodes.',
    area: 'deploy',
    risk: 'manual',
  }),
  'cache-per-instance': entry({
    title: 'Caches live on one instance',
    why: 'Two instances may answer differently until entries expire.',
    area: 'deploy',
    need: 'cosmetic',
    risk: 'manual',
  }),
  'unsafe-migration': entry({
    title: 'Migrations that the old code has to survive',
    why: 'During a rolling deploy old and new code run side by side.',
    area: 'deploy',
    docs: sqlDocs,
    risk: 'manual',
  }),
  'no-backup': entry({
    title: 'A backup before migrating',
    why: 'A migration that drops data cannot be rolled back.',
    area: 'deploy',
    risk: 'manual',
  }),
  'old-bundler': { joins: 'esbuild' },
  'old-assets-deleted': entry({
    title: 'Keep digested assets for open pages',
    why: 'Pages that were loaded before the deploy still ask for the old files.',
    area: 'assets',
    risk: 'manual',
  }),
} satisfies Readonly<Record<string, Topic>>;

/** Ids of deployment; those with words of their own are ids of steps, too. */
export type TopicId = keyof typeof said;

/** What is said of each topic, whatever was seen of it. In the order in which a person would take them up. */
export const topics: Readonly<Record<TopicId, Topic>> = said;
