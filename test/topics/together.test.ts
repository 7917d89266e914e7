import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openUpgrade } from '../../src/library/open.ts';
import { withPrerequisites } from '../../src/plan/order.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { describePristine, pristineRoot } from '../support/pristine.ts';

const surroundings = { env: { PATH: process.env.PATH }, platform: process.platform, progress: () => undefined };
const endpoint = 'sample_app.SampleAppWeb.Endpoint';

/** Changes of which none may land without the others, in an upgrade that has all of them. */
const groups: readonly (readonly [name: string, from: string, to: string, changes: readonly string[]])[] = [
  [
    'Finch and Req',
    '1.7.24',
    '1.8.12',
    ['deps/finch', 'deps/req', 'supervision/Finch', 'config/prod/swoosh.api_client', 'config/prod/swoosh.finch_name'],
  ],
  [
    'webpack and esbuild',
    '1.5.15',
    '1.6.17',
    [
      'deps/esbuild',
      'config/all/esbuild.version',
      'config/all/esbuild.default.args',
      `config/dev/${endpoint}.watchers.node`,
      `config/dev/${endpoint}.watchers.esbuild`,
      'mix/aliases.assets.deploy',
      'mix/aliases.setup',
      'file/assets/package.json',
      'file/assets/webpack.config.js',
      'file/.gitignore',
    ],
  ],
  ['plug_cowboy and Bandit', '1.7.10', '1.7.24', ['deps/plug_cowboy', 'deps/bandit', `config/all/${endpoint}.adapter`]],
  [
    'views and components',
    '1.6.17',
    '1.7.24',
    [
      'file/lib/sample_app_web/components/core_components.ex',
      'file/lib/sample_app_web/components/layouts.ex',
      'file/lib/sample_app_web/controllers/page_html.ex',
      'file/lib/sample_app_web/views/layout_view.ex',
    ],
  ],
  [
    'PubSub in the supervisor',
    '1.4.18',
    '1.5.15',
    ['supervision/Phoenix.PubSub', `config/all/${endpoint}.pubsub_server`, 'deps/phoenix_pubsub'],
  ],
  [
    'telemetry',
    '1.4.18',
    '1.5.15',
    [
      'supervision/SampleAppWeb.Telemetry',
      'deps/telemetry_metrics',
      'deps/telemetry_poller',
      'file/lib/sample_app_web/telemetry.ex',
    ],
  ],
  [
    'the JSON library',
    '1.3.5',
    '1.4.18',
    ['deps/jason', 'config/all/phoenix.json_library', 'endpoint/plug/Plug.Parsers.json_decoder'],
  ],
  [
    'the formatter of logs',
    '1.7.24',
    '1.8.12',
    [
      'config/all/logger.default_formatter.format',
      'config/all/logger.default_formatter.metadata',
      'config/dev/logger.default_formatter.format',
    ],
  ],
  [
    'dns_cluster',
    '1.6.17',
    '1.7.24',
    ['deps/dns_cluster', 'supervision/DNSCluster', 'config/runtime:prod/sample_app.dns_cluster_query'],
  ],
  [
    'Tailwind 4',
    '1.7.24',
    '1.8.12',
    [
      'deps/tailwind',
      'config/all/tailwind.version',
      'config/all/tailwind.sample_app.args',
      'deps/daisyui',
      'file/assets/css/app.css',
      'file/assets/tailwind.config.js',
    ],
  ],
  [
    'colocated hooks',
    '1.7.24',
    '1.8.12',
    ['mix/project.compilers', 'config/all/esbuild.sample_app.env', 'file/assets/js/app.js'],
  ],
  [
    'force_ssl',
    '1.7.24',
    '1.8.12',
    [`config/prod/${endpoint}.force_ssl.rewrite_on`, `config/prod/${endpoint}.force_ssl.exclude.hosts`],
  ],
  ['listeners', '1.7.24', '1.8.12', ['mix/project.listeners']],
];

const plans = new Map<string, Promise<Plan>>();

/** The plan with generated text between two versions. Made once: several groups ask for it. */
function planBetween(from: string, to: string): Promise<Plan> {
  const project = join(pristineRoot(), 'pristine', from, 'default');
  const plan =
    plans.get(`${from} ${to}`) ??
    openUpgrade(project, { to, source: 'pack', pack: pristineRoot() }, surroundings).then((upgrade) => upgrade.plan);
  plans.set(`${from} ${to}`, plan);
  return plan;
}

describePristine('what belongs together is in one step, none of it elsewhere', () => {
  test.each(groups)('%s', async (_, from, to, changes) => {
    const plan = await planBetween(from, to);
    const steps = plan.steps.filter((step) => step.changes.some(({ address }) => changes.includes(address)));
    const found = new Set(steps.flatMap((step) => step.changes.map(({ address }) => address)));
    expect(changes.filter((address) => !found.has(address))).toEqual([]);
    expect(steps.map(({ id }) => id)).toHaveLength(1);
  });

  test('not the route helpers with verified routes: they go behind, once nothing calls them', async () => {
    const project = join(pristineRoot(), 'pristine/1.6.17/default');
    const { plan } = await openUpgrade(project, { to: '1.7.24', source: 'snapshots' }, surroundings);
    const stepOf = (address: string) =>
      plan.steps.filter(({ changes }) => changes.some((one) => one.address === address));
    const [verified, ...more] = stepOf('web/SampleAppWeb.verified_routes');
    const [helpers, ...others] = stepOf('web/SampleAppWeb.router');
    expect([...more, ...others]).toEqual([]);
    expect(verified?.id).toBe('verified-routes');
    expect(helpers?.id.replace(/-(files|by-hand)$/, '')).toBe('route-helpers');
    expect(withPrerequisites(plan.steps, new Set([helpers?.id ?? ''])).map(({ id }) => id)).toContain(
      'verified-routes',
    );
  });
});
