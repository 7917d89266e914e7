import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { compareVersions, isStable } from '../../src/pristine/versions.ts';
import { LocalRepository, tarballOf, testKey } from '../../test/pristine/sources/hex/signed-registry.ts';
import { type Check, type CheckInput, say } from './check.ts';
import { below, filesOfTag, tagsOf } from './tags.ts';

const root = resolve(import.meta.dirname, '../..');

/** Plans the example projects as a machine without Elixir would, with a repository of packages made of git tags. */
export const mirror: Check = {
  says: 'REPOSITORY as DIRECTORY: plans of the examples without Elixir, from a mirror of its tags, lack no text',
  run: plansWhole,
};

async function plansWhole({ projects: repository }: CheckInput): Promise<boolean> {
  const examples = join(root, 'fixtures', 'projects');
  const newest =
    tagsOf(repository)
      .map((tag) => tag.slice(1))
      .filter(isStable)
      .sort(compareVersions)
      .at(-1) ?? '';
  const locked = readdirSync(examples).map((name) => lockedPhoenix(join(examples, name)));
  const machine = await bareMachine(repository, [...locked, newest]);
  try {
    let lacking = 0;
    for (const name of readdirSync(examples)) {
      const plan = JSON.parse(await machine.run(['plan', join(examples, name), '--json']));
      const open = plan.steps.filter(({ status }: { status: string }) => status === 'needs-source');
      lacking += open.length;
      say(
        `${name}: ${plan.from} → ${plan.to} from ${plan.source.from} and ${plan.source.to}, ${open.length} steps lack text`,
      );
    }
    return lacking === 0;
  } finally {
    machine.stop();
  }
}

function lockedPhoenix(project: string): string {
  const lock = readFileSync(join(project, 'mix.lock'), 'utf8');
  return /"phoenix": \{:hex, :phoenix, "([^"]+)"/.exec(lock)?.[1] ?? '';
}

/** The built program on a machine that has Node and git alone, and a mirror in place of Hex. */
export interface BareMachine {
  /** Holds the directories of caches. */
  readonly directory: string;
  /** Runs the program and gives its output; `cache` names a cache directory, a new one is empty; `more` adds to the environment. */
  run(words: readonly string[], cache?: string, more?: Readonly<Record<string, string>>): Promise<string>;
  stop(): void;
}

/** Packs the installers and the packages of some versions from the tags of a clone, and serves them. */
export async function bareMachine(repository: string, versions: readonly string[]): Promise<BareMachine> {
  const directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-mirror-'));
  const remote = new LocalRepository();
  await remote.start();
  const packed = [...new Set(versions)].map(async (version) => ({
    version,
    ...(await packagesOf(repository, version)),
  }));
  const all = await Promise.all(packed);
  remote.publish(
    'phx_new',
    all.map(({ version, installer }) => ({ version, tarball: installer })),
  );
  remote.publish(
    'phoenix',
    all.map(({ version, phoenix }) => ({ version, tarball: phoenix })),
  );
  writeFileSync(join(directory, 'key.pem'), testKey);
  mkdirSync(join(directory, 'bin'));
  symlinkSync(findGit(), join(directory, 'bin', 'git'));
  const env = {
    HEX_MIRROR: remote.url,
    PHX_UPGRADE_HEX_KEY: join(directory, 'key.pem'),
    HOME: directory,
    PATH: join(directory, 'bin'),
  };
  return {
    directory,
    run: (words, cache = 'cache', more = {}) =>
      new Promise((done, failed) => {
        const settings = {
          cwd: root,
          env: { ...env, ...more, XDG_CACHE_HOME: join(directory, cache) },
          maxBuffer: 1 << 28,
        };
        execFile(process.execPath, ['dist/cli/main.js', ...words], settings, (error, stdout, stderr) =>
          stdout === '' && error ? failed(new Error(stderr)) : done(stdout),
        );
      }),
    stop: () => {
      remote.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function findGit(): string {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'git'));
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error('git is not on the PATH');
  return found;
}

/** As Phoenix publishes them: from 1.8 on, the installer has the rules of the repository's root among its templates. */
async function packagesOf(repository: string, version: string): Promise<Record<'installer' | 'phoenix', Uint8Array>> {
  const files = filesOfTag(repository, `v${version}`, ['installer', 'usage-rules', 'lib', 'priv', 'mix.exs']);
  const rules = [...below(files, 'usage-rules')].map(
    ([path, bytes]) => [`templates/phoenix-usage-rules/${path}`, bytes] as const,
  );
  const phoenix = [...files].filter(([path]) => /^(?:lib|priv)\/|^mix\.exs$/.test(path));
  return {
    installer: await tarballOf(Object.fromEntries([...below(files, 'installer'), ...rules])),
    phoenix: await tarballOf(Object.fromEntries(phoenix)),
  };
}
