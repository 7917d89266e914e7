import { mixTasks } from '../../docker/stages.ts';
import { display } from '../../elixir/canonical.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type Sighting, sighting } from '../rule.ts';
import { commandLists } from './command-lists.ts';

const replacements: Readonly<Record<string, string>> = {
  edeliver: 'build with a Dockerfile or in CI, ship the release, and run bin/migrate before it starts',
  exrm: 'mix release builds the release',
  relx: 'mix release builds the release',
  bottler: 'mix release builds the release; copying it is a step of CI',
  gatling: 'mix release builds the release; nginx and the service are set up on the server',
};

/** What takes the place of a task of edeliver. */
const edeliverTasks: Readonly<Record<string, string>> = {
  build: 'MIX_ENV=prod mix release, in CI or in an image',
  deploy: 'copy the release to the server and unpack it there',
  start: 'bin/NAME daemon, or a unit of systemd that runs bin/server',
  stop: 'bin/NAME stop',
  restart: 'bin/NAME restart, or systemctl restart',
  ping: 'bin/NAME pid, which fails where nothing runs',
  version: 'bin/NAME version',
  migrate: 'bin/migrate, once, before the new version starts',
  upgrade: 'start the new release in place of the old one: there are no hot upgrades',
  update: 'build, copy, run bin/migrate, restart: a step of CI each',
};

/** `mix edeliver deploy release to production` in scripts, make files and workflows. */
function edeliverCommands(context: FindingContext): Finding[] {
  return commandLists(context).flatMap(({ path, programs }) =>
    programs.flatMap(({ line, words }) => {
      const [task] = mixTasks(words).includes('edeliver') ? words.slice(words.indexOf('edeliver') + 1) : [];
      const instead = edeliverTasks[task ?? ''];
      return instead === undefined
        ? []
        : [{ path, line, message: `mix edeliver ${task} goes with edeliver: ${instead}` }];
    }),
  );
}

/** Deps, settings and commands of deployment tools that nobody maintains any more. */
export function unmaintained(context: FindingContext): Sighting[] {
  const { build } = context;
  const deps = build.deps.flatMap(({ name, path, line }) => {
    const advice = replacements[name];
    return advice === undefined ? [] : [{ path, line, message: `${name} is no longer maintained: ${advice}` }];
  });
  const [deliver] = build.tree.paths.filter((path) => path.startsWith('.deliver/'));
  const directory = deliver
    ? [{ path: deliver, line: 1, message: `edeliver's configuration: ${replacements.edeliver}` }, ...delivered(build)]
    : [];
  return sighting([...deps, ...started(build), ...directory, ...(deps.length > 0 ? edeliverCommands(context) : [])]);
}

/** `extra_applications: [:edeliver]`: such a package goes out of there, too, or nothing starts. */
function started(build: BuildFiles): Finding[] {
  return build.manifests.flatMap(({ path, mixfile }) => {
    const { text } = build.elixir(path);
    const lists = mixfile.application.filter(({ path: [key] }) => /applications$/.test(key ?? ''));
    return lists
      .flatMap(({ value }) => (value.kind === 'list' ? value.items : []))
      .filter((item) => item.kind === 'atom' && replacements[item.name] !== undefined)
      .map((item) => ({
        path,
        line: lineAt(text, item.range.start),
        message: `${display(item)} leaves this list too: what is not a dep cannot be started`,
      }));
  });
}

/** What a setting of `.deliver/config` was for, and where it belongs without edeliver. */
const settings: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /^BUILD_(?:HOST|USER|AT)$/, instead: 'the image, or the job of CI, that runs MIX_ENV=prod mix release' },
  {
    pattern: /^(?:PRODUCTION|STAGING|TEST)_HOSTS$/,
    instead: 'where CI copies the release to, one ssh and one restart a host',
  },
  { pattern: /^(?:PRODUCTION|STAGING|TEST)_USER$/, instead: 'User= of the unit that starts the release' },
  { pattern: /^(?:DELIVER_TO|TEST_AT)$/, instead: 'WorkingDirectory= of the unit that starts the release' },
  { pattern: /^(?:LINK_VM_ARGS|LINK_SYS_CONFIG)$/, instead: 'rel/vm.args.eex, rel/env.sh.eex and config/runtime.exs' },
  {
    pattern: /^(?:AUTO_VERSION|INCREMENT_VERSION|RELEASE_VERSION|VERSION_)/,
    instead: 'version: of mix.exs, set by what builds',
  },
  { pattern: /^(?:pre|post)_\w+$/, instead: 'a step of the job, before or after the one that it hooks into' },
];

/** Lines of edeliver's configuration that say what another tool has to be told. */
function delivered({ tree }: BuildFiles): Finding[] {
  const path = '.deliver/config';
  return (tree.read(path) ?? '').split('\n').flatMap((line, index) => {
    const [, name = ''] = /^\s*(?:export\s+|function\s+)?(\w+)\s*(?:=|\(\))/.exec(line) ?? [];
    const known = settings.find(({ pattern }) => pattern.test(name));
    return known ? [{ path, line: index + 1, message: `${name} goes with edeliver: ${known.instead}` }] : [];
  });
}
