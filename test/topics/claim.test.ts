import { describe, expect, test } from 'vitest';
import { type Claimable, claim, claimAll } from '../../src/topics/claim.ts';

const newest = '1.8.12';

function change(address: string, since: string, base: string | null, target: string | null): Claimable {
  const kind = base === null ? 'add' : target === null ? 'remove' : 'change';
  return { address, kind, since, base, target };
}

function topicOf(address: string, since: string, base: string | null, target: string | null): string | undefined {
  return claim(change(address, since, base, target), newest)?.id;
}

function topicsOf(changes: readonly Claimable[]): Record<string, string | undefined> {
  return Object.fromEntries([...claimAll(changes, newest)].map(([address, topic]) => [address, topic?.id]));
}

describe('one change', () => {
  test('a new minor of Phoenix is the move to it, a new patch is not', () => {
    expect(topicOf('deps/phoenix', '1.8.9', '"~> 1.6.16"', '"~> 1.8.9"')).toBe('phoenix-1-8');
    expect(topicOf('deps/phoenix', '1.7.21', '"~> 1.5.9"', '"~> 1.7.21"')).toBe('phoenix-1-7');
    expect(topicOf('deps/phoenix', '1.8.9', '"~> 1.8.1"', '"~> 1.8.9"')).toBe('phoenix-patch');
  });

  test('the Elixir requirement is required only where Phoenix needs more than the app asks for', () => {
    expect(topicOf('mix/project.elixir', '1.8.9', '"~> 1.14"', '"~> 1.17"')).toBe('elixir-requirement');
    expect(topicOf('mix/project.elixir', '1.8.9', '"~> 1.15"', '"~> 1.17"')).toBe('elixir-of-new-apps');
    expect(topicOf('mix/project.elixir', '1.6.0', '"~> 1.9"', '"~> 1.12"')).toBe('elixir-of-new-apps');
  });

  test('LiveView before 1.0 moves with Phoenix 1.8, later ones by themselves', () => {
    expect(topicOf('deps/phoenix_live_view', '1.8.8', '"~> 0.20.2"', '"~> 1.2.0"')).toBe('phoenix-1-8');
    expect(topicOf('deps/phoenix_live_view', '1.8.8', '"~> 1.0.0"', '"~> 1.2.0"')).toBe('live-view-1-1');
    expect(topicOf('deps/phoenix_live_view', '1.8.8', '"~> 1.1.0"', '"~> 1.2.0"')).toBe('live-view-1-2');
  });

  test('the member of an umbrella and its web app do not matter', () => {
    expect(topicOf('deps@web/bandit', '1.7.13', null, '"~> 1.5"')).toBe('bandit');
    expect(topicOf('supervision@core/DNSCluster', '1.7.8', null, 'x')).toBe('dns-cluster');
    expect(topicOf('config/prod/{app}_web.{Web}.Endpoint.force_ssl.rewrite_on', '1.8.2', null, '[]')).toBe('force-ssl');
    expect(topicOf('file/apps/{app}_web/assets/tsconfig.json', '1.8.0', null, 'hash')).toBe('tsconfig');
  });

  test('the more exact pattern wins', () => {
    expect(topicOf('config/dev/{app}.{Web}.Endpoint.live_reload.web_console_logger', '1.8.0', null, 'true')).toBe(
      'live-reload-logs',
    );
    expect(topicOf('config/prod/swoosh.local', '1.7.7', null, 'false')).toBe('swoosh-local');
  });

  test('what no topic knows is left to itself', () => {
    expect(topicOf('config/all/carpentry.saw', '1.8.0', null, '1')).toBeUndefined();
    expect(topicOf('mix/project.docs', '1.8.0', null, '[]')).toBeUndefined();
    expect(topicOf('supervision/Carpenter', '1.8.0', null, 'Carpenter')).toBeUndefined();
  });
});

describe('changes that belong together', () => {
  test('an app without esbuild takes it whole, whatever later versions made of it', () => {
    const topics = topicsOf([
      change('deps/esbuild', '1.8.0', null, '"~> 0.10"'),
      change('config/all/esbuild.version', '1.8.0', null, '"0.25.4"'),
      change('config/all/esbuild.{app}.args', '1.8.0', null, '~w(js/app.js)'),
      change('config/dev/{app}.{Web}.Endpoint.watchers.node', '1.6.0', '[]', null),
      change('file/assets/webpack.config.js', '1.6.0', 'hash', null),
      change('file/assets/package.json', '1.6.0', 'hash', null),
      change('file/.gitignore', '1.7.0', 'hash', 'other'),
    ]);
    expect(new Set(Object.values(topics))).toEqual(new Set(['esbuild']));
  });

  test('a profile that changes its name takes watcher and alias along', () => {
    const topics = topicsOf([
      change('config/all/esbuild.default.args', '1.7.11', '~w(js/app.js)', null),
      change('config/all/esbuild.{app}.args', '1.7.11', null, '~w(js/app.js)'),
      change('config/dev/{app}.{Web}.Endpoint.watchers.esbuild', '1.7.11', '{Esbuild, :default}', '{Esbuild, :{app}}'),
      change('mix/aliases.assets.deploy', '1.7.11', '["esbuild default"]', '["esbuild {app}"]'),
    ]);
    expect(new Set(Object.values(topics))).toEqual(new Set(['asset-profiles']));
  });

  test('with Tailwind 4 the renamed profiles, icons and styles come in one step', () => {
    const topics = topicsOf([
      change('deps/tailwind', '1.8.9', '"~> 0.2.0"', '"~> 0.5"'),
      change('deps/daisyui.tag', '1.8.9', null, '"v5"'),
      change('config/all/tailwind.default.args', '1.7.11', '~w(a)', null),
      change('config/all/esbuild.default.args', '1.7.11', '~w(a)', null),
      change('config/all/esbuild.{app}.args', '1.8.0', null, '~w(a)'),
      change('mix/aliases.assets.deploy', '1.7.11', '["tailwind default"]', '["tailwind {app}"]'),
      change('file/assets/tailwind.config.js', '1.8.0', 'hash', null),
      change('file/assets/css/app.css', '1.8.9', 'hash', 'other'),
    ]);
    expect(new Set(Object.values(topics))).toEqual(new Set(['tailwind-4']));
  });

  test('Finch gives way to Req with dep, child and settings', () => {
    const topics = topicsOf([
      change('deps/req', '1.8.0', null, '"~> 0.5"'),
      change('deps/finch', '1.8.0', '"~> 0.13"', null),
      change('supervision/Finch', '1.8.0', '{Finch, name: {App}.Finch}', null),
      change('config/prod/swoosh.api_client', '1.8.0', 'Swoosh.ApiClient.Finch', 'Swoosh.ApiClient.Req'),
      change('config/prod/swoosh.finch_name', '1.8.0', '{App}.Finch', null),
    ]);
    expect(new Set(Object.values(topics))).toEqual(new Set(['req']));
  });

  test('an app without mailer gets Swoosh and its client in one step', () => {
    const topics = topicsOf([
      change('deps/swoosh', '1.8.0', null, '"~> 1.16"'),
      change('deps/req', '1.8.0', null, '"~> 0.5"'),
      change('config/prod/swoosh.api_client', '1.8.0', null, 'Swoosh.ApiClient.Req'),
    ]);
    expect(new Set(Object.values(topics))).toEqual(new Set(['swoosh']));
  });

  test('an app on Cowboy 1 needs a server dep; one on plug_cowboy may change to Bandit', () => {
    const bandit = change('deps/bandit', '1.7.13', null, '"~> 1.5"');
    const adapter = change('config/all/{app}.{Web}.Endpoint.adapter', '1.7.11', null, 'Bandit.PhoenixAdapter');
    const oldest = topicsOf([change('deps/cowboy', '1.4.0', '"~> 1.0"', null), bandit, adapter]);
    expect(new Set(Object.values(oldest))).toEqual(new Set(['web-server-dep']));
    const newer = topicsOf([change('deps/plug_cowboy', '1.7.11', '"~> 2.5"', null), bandit, adapter]);
    expect(new Set(Object.values(newer))).toEqual(new Set(['bandit']));
  });
});
