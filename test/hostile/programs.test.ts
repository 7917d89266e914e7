import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/cli/declarations.ts';
import { builtProgram, committed, freshBuild, git, main, plainEnvironment, written } from '../cli/built.ts';
import { hasTmux, Tmux } from '../support/tmux.ts';
import { kiln } from './atelier.ts';

beforeAll(freshBuild);

const hooks = [
  ...['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'post-checkout', 'post-merge', 'pre-push'],
  ...['post-index-change', 'reference-transaction', 'fsmonitor-watchman', 'post-rewrite', 'pre-auto-gc'],
];

/** Settings under which some call of git starts a program; the filter with `=` in its name is one that `-c` would cut. */
const settings = [
  ...['core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.gitProxy', 'core.askPass'],
  ...['core.alternateRefsCommand', 'sequence.editor', 'diff.external', 'gpg.program', 'gpg.ssh.program'],
  ...['pager.status', 'pager.log', 'pager.diff', 'pager.config', 'diff.own.textconv', 'diff.own.command'],
  ...['filter.own.clean', 'filter.own.smudge', 'filter.a=b.process', 'filter.a=b.clean', 'merge.own.driver'],
  ...['remote.origin.uploadpack', 'remote.origin.receivepack', 'uploadpack.packObjectsHook', 'credential.helper'],
  ...['trailer.own.command', 'trailer.own.cmd', 'interactive.diffFilter', 'tar.own.command', 'browser.own.cmd'],
];

const variables = [
  ...['GIT_EXTERNAL_DIFF', 'GIT_PAGER', 'GIT_EDITOR', 'GIT_SEQUENCE_EDITOR', 'GIT_SSH', 'GIT_SSH_COMMAND'],
  ...['GIT_ASKPASS', 'GIT_PROXY_COMMAND', 'PAGER', 'EDITOR', 'SSH_ASKPASS'],
];

/** A repository whose every setting, hook and attribute names a program that leaves a file; and where those files would be. */
function trapped() {
  const migration = 'priv/repo/migrations/1_glazes.exs';
  const root = committed('trapped', { ...kiln, [migration]: 'use X\n' });
  const base = git(root, 'rev-parse', 'HEAD:priv').trim();
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(root, 'commit', '-q', '--allow-empty', '-m', 'Own');
  const ran = written('ran', {});
  const bin = written('programs', {});
  const program = (name: string) => {
    const path = join(bin, name.replace(/[^\w-]/g, '_'));
    writeFileSync(path, `#!/bin/sh\n: > '${join(ran, name)}'\nexit 1\n`, { mode: 0o755 });
    return path;
  };
  for (const name of hooks) {
    writeFileSync(join(root, '.git/hooks', name), `#!/bin/sh\n: > '${join(ran, name)}'\n`, { mode: 0o755 });
    chmodSync(join(root, '.git/hooks', name), 0o755);
  }
  writeFileSync(join(root, '.git/info/attributes'), '* filter=own diff=own merge=own\n*.exs filter=a=b\n');
  for (const key of ['extensions.partialClone=origin', 'remote.origin.promisor=true', 'log.showSignature=true']) {
    git(root, 'config', ...(key.split('=') as [string, string]));
  }
  git(root, 'config', 'core.repositoryFormatVersion', '1');
  git(root, 'config', 'remote.origin.url', `file://${bin}`);
  git(root, 'config', 'filter.own.required', 'true');
  for (const key of settings) git(root, 'config', key, program(key));
  // The tree that migrations of the default branch are read from is missing: git would fetch it.
  rmSync(join(root, '.git/objects', base.slice(0, 2), base.slice(2)));
  // Of another time than in the index: git would have to look into each.
  for (const path of Object.keys(kiln)) utimesSync(join(root, path), 0, 0);
  const env = {
    ...Object.fromEntries(variables.map((name) => [name, program(name)])),
    ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.fsmonitor', GIT_CONFIG_VALUE_0: program('GIT_CONFIG_COUNT') },
    ...{ GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_INDEX_FILE: '/nowhere/index' },
  };
  return { root, env, ran };
}

test('no command starts a program that the repository or the environment names', { timeout: 300_000 }, () => {
  const { root, env, ran } = trapped();
  const offline = ['--source', 'snapshots'];
  const out = written('answers', {});
  const runs = [
    ['plan', ...offline],
    ['plan', '--format', 'sarif', ...offline],
    ['plan', '--format', 'html', '--output', join(out, 'plan.html'), ...offline],
    ['check', ...offline],
    ['detect'],
    ['explain', 'dockerignore'],
    ['upgrade', 'start', ...offline],
    ['mark', 'dockerignore', 'skip', '--why', 'own', ...offline],
    ['upgrade', 'status', ...offline],
    ['apply', '--all', '--dry-run', ...offline],
    ['apply', '--all', ...offline],
    ['undo', '--list'],
    ['undo'],
    ['apply', '--all', '--conflicts', 'theirs', ...offline],
    ['undo', '--json'],
    ['upgrade', 'finish', ...offline],
    ['diff', '1.7.10', '1.7.10', ...offline],
    ['generate', '1.7.10', join(out, 'generated'), ...offline],
    ['pack', 'list', '.'],
    ['cache', 'list'],
    ['topics'],
    ['versions', '--offline'],
    ['completion', 'steps'],
    ['completion', 'bash'],
  ];
  const left = commands.map(({ name }) => name).filter((name) => !runs.some(([first]) => first === name));
  // The walkthrough needs a terminal: below.
  expect(left).toEqual(['walk']);
  for (const words of runs) {
    const { code, stderr } = builtProgram(words, root, env);
    expect([words.join(' '), code, stderr]).toEqual([words.join(' '), expect.toBeOneOf([0, 1, 2, 3, 4]), stderr]);
    expect([words.join(' '), ...readdirSync(ran)]).toEqual([words.join(' ')]);
  }
  // It was applied, and taken back.
  expect(existsSync(join(root, '.git/phx-upgrade'))).toBe(true);
});

test.skipIf(!hasTmux)(
  'the walkthrough starts none either, from its first screen to a step that is applied and taken back',
  async () => {
    const { root, env, ran } = trapped();
    const command = `${process.execPath} ${main} --source snapshots`;
    const tmux = new Tmux({ columns: 80, rows: 24, directory: root, command, env: { ...plainEnvironment, ...env } });
    try {
      await tmux.sees('Enter to the steps');
      tmux.keys('Enter');
      await tmux.sees('? keys');
      tmux.keys('a');
      await tmux.sees('Applied elixir-requirement.');
      tmux.keys('u');
      await tmux.sees('42 open');
      expect(readdirSync(ran)).toEqual([]);
    } finally {
      tmux.end();
    }
  },
);

test('a commit that the user asked for runs their hooks, in their environment but for what points git elsewhere', () => {
  const root = committed('hooked', kiln);
  const seen = join(written('seen', {}), 'env');
  writeFileSync(join(root, '.git/hooks/pre-commit'), `#!/bin/sh\n/usr/bin/env > '${seen}'\n`, { mode: 0o755 });
  const { code, stderr } = builtProgram(['apply', '--all', '--commit', '--source', 'snapshots'], root, {
    OWN_VARIABLE: 'kept',
    GIT_DIR: '/nowhere',
  });
  expect([code === 0 || code === 2, stderr]).toEqual([true, stderr]);
  const environment = readFileSync(seen, 'utf8');
  expect(environment).toContain('OWN_VARIABLE=kept');
  expect(environment).not.toContain('/nowhere');
});
