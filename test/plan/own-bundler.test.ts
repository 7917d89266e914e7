import { describe, expect, test } from 'vitest';
import { expectUnchanged, stepOf } from '../support/assertions.ts';
import { type Files, planOf } from '../support/projects.ts';
import { deps, lock, mixfile, shopWith, smallShop } from './small-shop.ts';

const { esbuild: _, tailwind: __, ...withoutTools } = deps;
const setup = 'setup: ["deps.get", "ecto.setup", "cmd npm ci --prefix assets"]';
const watching = (smallShop['config/dev.exs'] ?? '').replace(
  /watchers: \[[^\]]*\]\}?,?[\s\S]*?\n {2}\]/,
  'watchers: [npm: ["run", "watch"]]',
);

function planned(files: Files) {
  const own = {
    'mix.exs': mixfile({ deps: withoutTools, aliases: [setup] }),
    'config/dev.exs': watching,
    'assets/js/app.js': 'start()\n',
  };
  return planOf(shopWith({ 'mix.lock': lock({ phoenix: '1.5.14' }), ...own, ...files }), { to: '1.8.8' });
}

const packages = (devDependencies: object, scripts: object) => JSON.stringify({ scripts, devDependencies });

describe('who builds assets with a bundler of their own', () => {
  test.each([
    ['vite', { 'assets/package.json': packages({ vite: '^5.0.0' }, { build: 'vite build' }) }],
    [
      'parcel',
      { 'package.json': packages({ 'parcel-bundler': '1.12.0' }, { watch: 'NODE_ENV=dev parcel watch js/app.js' }) },
    ],
    [
      'gulp',
      { 'assets/package.json': packages({ gulp: '4' }, {}), 'assets/gulpfile.js': 'exports.default = () => {}\n' },
    ],
    [
      'esbuild',
      {
        'assets/package.json': packages({ esbuild: '0.17.0' }, { deploy: 'node ./bundle.mjs' }),
        'assets/bundle.mjs': 'import * as esbuild from "esbuild"\n',
      },
    ],
  ])('gets none of Mix beside it: %s', (_name, files) => {
    const plan = planned(files);
    expectUnchanged(plan, 'assets/package.json', 'assets/js/app.js');
    const brought = plan.steps.flatMap(({ changes }) => changes.filter(({ verdict }) => verdict === 'pending'));
    expect(brought.map(({ address }) => address).filter((one) => /esbuild|tailwind|assets\./.test(one))).toEqual([]);
    expect(['done', 'declined']).toContain(stepOf(plan, 'esbuild').status);
  });

  test('goes on serving what it writes', () => {
    const endpoint = (smallShop['lib/shop_web/endpoint.ex'] ?? '').replace(
      'ShopWeb.static_paths()',
      '~w(css js images favicon.ico)',
    );
    const plan = planned({
      'assets/package.json': packages({ rollup: '3' }, { build: 'rollup -c' }),
      'lib/shop_web/endpoint.ex': endpoint,
    });
    const patches = plan.steps.flatMap(({ edits }) => edits.map(({ patch }) => patch)).join('\n');
    expect(patches).not.toMatch(/^[-+].*~w\((?!.*\bcss js\b)[^)]*favicon/m);
  });

  test.each([
    ['lists one that nothing calls', { 'assets/package.json': packages({ vite: '^5.0.0' }, { test: 'vitest' }) }],
    [
      'has a configuration of the generator’s bundler',
      {
        'assets/package.json': packages({ esbuild: '0.17.0' }, { deploy: 'esbuild js/app.js' }),
        'assets/webpack.config.js': 'module.exports = {}\n',
      },
    ],
  ])('is not who %s', (_what, files) => {
    expect(planned(files).steps.find(({ id }) => id === 'esbuild')?.status).toBe('manual');
  });
});
