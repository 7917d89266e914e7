import { describe, expect, test } from 'vitest';
import { readDockerfile } from '../../src/docker/read.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { planWithText } from '../support/customized.ts';
import { describePristine } from '../support/pristine.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { deps, lock, mixfile, shopWith } from './small-shop.ts';

const { esbuild: _esbuild, tailwind: _tailwind, ...older } = deps;

/** A shop whose assets webpack builds, run by Compose from an image that nobody wrote a Dockerfile for. */
const bundled: Files = shopWith({
  'mix.exs': mixfile({ deps: older, aliases: ['setup: ["deps.get", "cmd npm install --prefix assets"]'] }),
  'mix.lock': lock({ phoenix: '1.5.9' }),
  'docker-compose.yml': 'services:\n  web:\n    build: .\n',
  '.tool-versions': 'elixir 1.15.7-otp-26\nerlang 26.2.1\nnodejs 18.19.0\n',
  'assets/package.json': '{"scripts": {"deploy": "webpack --mode production", "watch": "webpack --watch"}}\n',
  'assets/package-lock.json': '{}\n',
  'assets/webpack.config.js': 'module.exports = {}\n',
  'assets/js/app.js': 'import "phoenix_html"\n',
});

function dockerfileAfter(files: Files, plan: Plan, isTaken: (step: Step) => boolean): string {
  return applied(treeOf(files), plan.steps.filter(isTaken)).text('Dockerfile') ?? '';
}

const programs = (dockerfile: string) => dockerfile.split('\n').filter((line) => line.startsWith('RUN '));

describe('the first Dockerfile of a project whose assets webpack builds', () => {
  const plan = planOf(bundled, { to: '1.8.12' });

  test('has npm build them where the app stays on webpack, in a stage of Node', () => {
    const text = dockerfileAfter(bundled, plan, ({ id }) => id === 'dockerfile');
    expect(programs(text)).toEqual(
      expect.arrayContaining([
        'RUN npm ci --include=dev',
        'RUN NODE_ENV=production npm run deploy',
        'RUN mix phx.digest',
      ]),
    );
    expect(text).not.toContain('assets.deploy');
    expect(readDockerfile(text).stages.map(({ name }) => name)).toEqual(['build', 'assets', 'release', 'run']);
    expect(text).toContain('ARG NODE_VERSION=18.19.0\n');
    expect(text).toContain('COPY --from=release --chown=nobody:nogroup');
  });
  test('has mix assets.deploy where esbuild came before it', () => {
    const step = plan.steps.filter(({ id }) => id === 'dockerfile');
    const text = applied(treeOf({ ...bundled, 'mix.exs': mixfile() }), step).text('Dockerfile') ?? '';
    expect(programs(text)).toContain('RUN mix assets.deploy');
    expect(text).not.toContain('npm');
  });
  test('says which of the two it is', () => {
    const step = plan.steps.find(({ id }) => id === 'dockerfile');
    expect(step?.findings.map(({ path, message }) => [path, message])).toContainEqual([
      'assets/package.json',
      expect.stringContaining('npm'),
    ]);
  });
  test('asks for the script where none is known to build', () => {
    const files = { ...bundled, 'assets/package.json': '{"scripts": {"watch": "webpack --watch"}}\n' };
    const step = planOf(files, { to: '1.8.12' }).steps.find(({ id }) => id === 'dockerfile');
    expect(step?.findings.some(({ message }) => message.includes('no script deploy or build'))).toBe(true);
  });
});

test('a project without bundler has no step for assets until esbuild comes', () => {
  const files = { ...bundled };
  for (const path of Object.keys(bundled))
    if (path.startsWith('assets/')) delete (files as Record<string, string>)[path];
  const text = dockerfileAfter(files, planOf(files, { to: '1.8.12' }), ({ id }) => id === 'dockerfile');
  expect(text).toContain('RUN mix release');
  expect(text).not.toMatch(/npm|assets/);
});

describePristine('with the generated text at hand', () => {
  test('all steps together end in an image that builds assets with mix assets.deploy', async () => {
    const { tree, plan } = await planWithText(
      { from: '1.5.14', to: '1.8.12' },
      { 'docker-compose.yml': () => bundled['docker-compose.yml'] ?? '' },
    );
    const [alone] = plan.steps.filter(({ id }) => id === 'dockerfile');
    expect(alone && applied(tree, [alone]).text('Dockerfile')).toContain('npm run deploy');
    const after = applied(tree, plan.steps);
    expect(after.has('assets/package.json')).toBe(false);
    expect(after.text('Dockerfile')).toContain('RUN mix assets.deploy');
    expect(after.text('Dockerfile')).not.toContain('npm');
  });
});
