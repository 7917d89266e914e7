import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadProject } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { sampleNames } from '../../src/pristine/naming.ts';
import { minimalEnvironment } from '../../src/pristine/sources/mix/runner.ts';
import { decodePack } from '../../src/pristine/sources/pack/pack-decode.ts';
import { encodePack } from '../../src/pristine/sources/pack/pack-encode.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { builtProgram, committed, contents, freshBuild, git, written } from '../cli/built.ts';
import { dangerous } from '../support/plans.ts';
import { bent, kiln } from './atelier.ts';

const sourceRoot = join(import.meta.dirname, '../../src');
const sources = readdirSync(sourceRoot, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(sourceRoot, path), 'utf8') }));

/** Sets the window's title, clears the screen, rings, turns the reading order, in every place that text comes from. */
const evil = '\x1b]0;owned\x07\x1b[2J\u009b31m\u202e';

describe('escape sequences', () => {
  beforeAll(freshBuild);
  const escaped = `"${evil}"`;
  const project = bent(kiln, {
    'mix.exs':
      kiln['mix.exs']?.replace('"~> 1.7.10"', '"~> 1.7.10", only: ["\x1b[2J"]').replace('"0.4.0"', escaped) ?? null,
    'config/config.exs': `${kiln['config/config.exs']}\nconfig :kiln, KilnWeb.Endpoint, url: [host: ${escaped}], http: [ip: ${escaped}]\n`,
    [`lib/kiln/${evil.replaceAll('/', '')}.ex`]: `import Supervisor.Spec\nuse Mix.Config\n`,
    'lib/kiln_web/templates/layout/app.html.leex': `<head>${evil}</head><%= live_patch "${evil}" %>`,
    Dockerfile: `FROM elixir:${evil}\nRUN mix release ${evil}\nCMD ["${evil}"]\n`,
    '.tool-versions': `elixir ${evil}\n`,
    'fly.toml': `app = "kiln"\n[env]\nPHX_HOST = "x"\n[deploy]\nrelease_command = "mix ecto.migrate"\n`,
  });

  test.each([
    ['plan'],
    ['plan', '--all'],
    ['plan', '--json'],
    ['plan', '--format', 'github'],
    ['plan', '--format', 'html'],
    ['plan', '--format', 'sarif'],
    ['check'],
    ['detect'],
    ['detect', '--json'],
    ['plan', '--to', evil],
    ['plan', evil],
    [evil],
    ['plan', '--step', evil],
    ['plan', `--${evil}`],
  ])('%j: nothing raw comes out', (...words) => {
    const directory = committed('raw', project);
    const offline = /plan|check/.test(words[0] ?? '') ? ['--source', 'snapshots'] : [];
    const { code, stdout, stderr } = builtProgram([...words, ...offline], directory);
    expect(code).not.toBe(70);
    expect(stdout + stderr).not.toBe('');
    expect(stdout).not.toMatch(dangerous);
    expect(stderr).not.toMatch(dangerous);
  });
});

describe('paths', () => {
  const entry = (path: string) => ({
    version: '1.7.10',
    flags: [],
    part: 'project' as const,
    names: sampleNames([]),
    toolchain: 'none',
    tree: memoryTree(new Map([[path, { bytes: Buffer.from('x') }]])),
  });

  test.each([
    '../outside',
    '/etc/passwd',
    'a/../../b',
    'C:\\x',
    '.git/hooks/post-checkout',
    'a\\..\\b',
    'a//b',
    './a',
    'a\u0000b',
    '',
  ])('a pack with %j is refused', (path) => {
    expect(() => decodePack(encodePack([entry(path)]))).toThrow(/leaves its project|not valid/);
  });
});

describe('what a plan starts', () => {
  test('runs no program that the repository names', async () => {
    const migration = 'priv/repo/migrations/1_glazes.exs';
    const directory = committed('fsmonitor', { ...kiln, '.gitattributes': '* filter=own\n', [migration]: 'use X\n' });
    const program = join(directory, 'program.sh');
    const trace = join(directory, 'ran');
    writeFileSync(program, `#!/bin/sh\n: > '${trace}'\n`);
    chmodSync(program, 0o755);
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.editor', 'core.sshCommand']) {
      git(directory, 'config', key, program);
    }
    git(directory, 'config', 'filter.own.clean', program);
    // As long as before, so that git would have to look into it; and of another time.
    writeFileSync(join(directory, migration), 'use Y\n');
    utimesSync(join(directory, migration), 0, 0);
    writeFileSync(join(directory, '.git/hooks/post-index-change'), `#!/bin/sh\n: > '${trace}'\n`, { mode: 0o755 });
    planProject(await loadProject(directory));
    const { code } = builtProgram(['plan', '--source', 'snapshots', '--quiet'], directory);
    expect([code, existsSync(trace)]).toEqual([0, false]);
  });

  test('evaluates nothing of the project', () => {
    const trace = join(written('trace', { 'a.txt': '' }), 'ran');
    const shout = `File.write!("${trace}", "ran")\nSystem.cmd("touch", ["${trace}"])\n`;
    const names = ['mix.exs', 'config/config.exs', 'lib/kiln/application.ex', 'lib/kiln_web/endpoint.ex'];
    const loud = Object.fromEntries(names.map((name) => [name, shout + kiln[name]]));
    const directory = committed('loud', bent(kiln, { ...loud, 'config/runtime.exs': shout, '.formatter.exs': shout }));
    const before = contents(directory);
    builtProgram(['plan', '--source', 'snapshots'], directory);
    expect(existsSync(trace)).toBe(false);
    expect(contents(directory)).toEqual(before);
  });

  test('hands no secret to mix', () => {
    const secrets = {
      SECRET_KEY_BASE: 's',
      DATABASE_URL: 's',
      AWS_SECRET_ACCESS_KEY: 's',
      GITHUB_TOKEN: 's',
      NPM_TOKEN: 's',
      HEX_API_KEY: 's',
      HEX_REPOS_KEY: 's',
      SSH_AUTH_SOCK: 's',
      NODE_OPTIONS: 's',
      LD_PRELOAD: 's',
      MIX_ENV: 's',
      MIX_EXS: 's',
    };
    const kept = minimalEnvironment({ ...secrets, PATH: '/bin', HOME: '/home/ada', HEX_MIRROR: 'https://hex.example' });
    expect(kept).toEqual({ PATH: '/bin', HOME: '/home/ada', HEX_MIRROR: 'https://hex.example', LC_ALL: 'C.UTF-8' });
  });

  test('git that lists files gets a path and a home, no more', () => {
    const directory = committed('environment', kiln);
    const bin = written('bin', {});
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    const seen = join(bin, 'seen');
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n/usr/bin/env > '${seen}'\nexec ${real} "$@"\n`, { mode: 0o755 });
    builtProgram(['plan', '--source', 'snapshots'], directory, {
      PATH: bin,
      SECRET_KEY_BASE: 'hidden',
      GITHUB_TOKEN: 'hidden',
    });
    const names = readFileSync(seen, 'utf8')
      .split('\n')
      .map((line) => line.split('=')[0] ?? '');
    const own = /^GIT_(ALLOW_PROTOCOL|NO_LAZY_FETCH|OPTIONAL_LOCKS|TERMINAL_PROMPT|TEST_DISALLOW_ABBREVIATED_OPTIONS)$/;
    const usual = /^(PATH|HOME|TMPDIR|LC_ALL|PWD|OLDPWD|SHLVL|_|)$/;
    expect(names.filter((name) => !own.test(name) && !usual.test(name))).toEqual([]);
  });
});

describe('the sources themselves', () => {
  test('start processes in four places, and never through a shell', () => {
    const starting = sources.filter(({ text }) => /node:child_process|'execa'|'simple-git'/.test(text));
    expect(starting.map(({ path }) => path).sort()).toEqual([
      'apply/local-machine.ts',
      'cli/walk/editor.ts',
      'pristine/sources/mix/runner.ts',
      'project/git.ts',
    ]);
    const through = sources.filter(({ text }) => /shell: true|\bexec(?:Sync)?\([`'"]/.test(text));
    expect(through.map(({ path }) => path)).toEqual([]);
  });

  test('evaluate no text', () => {
    expect(sources.filter(({ text }) => /\beval\(|new Function\(|node:vm/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});
