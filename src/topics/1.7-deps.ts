import type { TopicData } from './topic.ts';

const endpoint = '{app}.{Web}.Endpoint';
const views: readonly [string, string] = ['1.7.0', '1.8.0'];

/** Topics of deps in Phoenix 1.7. */
export const topics: readonly TopicData[] = [
  {
    id: 'phoenix-1-7',
    title: 'Move to Phoenix 1.7',
    why: 'Verified routes and function components. Phoenix 1.7 needs plug 1.14 and phoenix_pubsub 2.1; LiveView 0.16 and older refuse it.',
    breaks: 'Older LiveView and LiveDashboard do not resolve with Phoenix 1.7.',
    since: '1.7.0',
    until: '1.8.0',
    docs: 'https://gist.github.com/chrismccord/00a6ea2a96bc57df0cce526bd20af8a7',
    area: 'deps',
    need: 'required',
    matches: [
      { address: 'deps/phoenix', below: '1.7' },
      { address: 'deps/phoenix_html', during: views, below: '3.3' },
      { address: 'deps/phoenix_live_view', during: views, kinds: ['change'], below: '0.17' },
      { address: 'deps/phoenix_pubsub', during: views, kinds: ['change'] },
    ],
    takes: [
      {
        when: { address: 'deps/phoenix', during: views, below: '1.7' },
        changes: [
          { address: 'deps/phoenix_html', kinds: ['change'], below: '3.3' },
          { address: 'deps/phoenix_live_reload', kinds: ['change'] },
          { address: 'deps/phoenix_live_dashboard', kinds: ['change'], below: '0.6' },
          { address: 'deps/phoenix_pubsub', kinds: ['change'] },
        ],
      },
      {
        when: { address: 'deps/phoenix_live_view', during: views, kinds: ['change'], below: '0.17' },
        changes: ['deps/phoenix_live_dashboard'],
      },
    ],
    after: ['elixir-requirement', 'pubsub', 'inner-content', 'phoenix-view'],
    commands: ['mix deps.update phoenix phoenix_html phoenix_live_view phoenix_live_dashboard plug'],
  },
  {
    id: 'phoenix-view',
    title: 'Keep views working with phoenix_view',
    why: 'Phoenix 1.7 no longer brings phoenix_view along. Where modules use Phoenix.View, list {:phoenix_view, "~> 2.0"}; views can then become components page by page.',
    breaks: 'use Phoenix.View does not compile without the package.',
    since: '1.7.0',
    docs: 'https://hexdocs.pm/phoenix_view/Phoenix.View.html#module-replaced-by-phoenix-component',
    area: 'deps',
    need: 'required',
    risk: 'safe',
    matches: ['deps/phoenix_view.**'],
    commands: ['mix deps.get'],
  },
  {
    id: 'phoenix-html-4',
    title: 'Move to phoenix_html 4',
    why: 'The package keeps escaping and form data; the helpers that wrote tags are now phoenix_html_helpers.',
    since: '1.7.11',
    docs: 'https://hexdocs.pm/phoenix_html/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [{ address: 'deps/phoenix_html', from: '3.3', kinds: ['change'] }],
    after: ['phoenix-html-helpers'],
    commands: ['mix deps.update phoenix_html'],
  },
  {
    id: 'live-view-0-20',
    title: 'Move to LiveView 0.20',
    why: 'The last releases before 1.0: their deprecation warnings name what 1.0 removes. LiveDashboard pins LiveView and moves along.',
    since: '1.7.0',
    until: '1.7.13',
    docs: 'https://hexdocs.pm/phoenix_live_view/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [{ address: 'deps/phoenix_live_view', during: ['1.7.0', '1.7.13'], kinds: ['change'], from: '0.17' }],
    takes: [
      {
        when: { address: 'deps/phoenix_live_view', during: ['1.7.0', '1.7.13'], kinds: ['change'], from: '0.17' },
        changes: ['deps/phoenix_live_dashboard'],
      },
    ],
    after: ['component-imports', 'live-layout-names'],
    commands: ['mix deps.update phoenix_live_view phoenix_live_dashboard'],
  },
  {
    id: 'live-view-1-0',
    title: 'Move to LiveView 1.0',
    why: 'The stable API. phx-feedback-for is gone: used_input? decides when an input shows its errors.',
    since: '1.7.13',
    until: '1.8.0',
    docs: 'https://hexdocs.pm/phoenix_live_view/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [
      { address: 'deps/phoenix_live_view', during: ['1.7.13', '1.8.0'], kinds: ['change'], from: '0.17' },
      'deps/phoenix_live_view.override',
    ],
    takes: [
      {
        when: { address: 'deps/phoenix_live_view', during: ['1.7.13', '1.8.0'], kinds: ['change'], from: '0.17' },
        changes: ['deps/phoenix_live_dashboard'],
      },
    ],
    after: ['used-input', 'component-imports', 'live-layout-names', 'live-component-calls', 'live-connect-info'],
    commands: ['mix deps.update phoenix_live_view'],
    elixir: '1.14.0',
  },
  {
    id: 'bandit',
    title: 'Serve with Bandit',
    why: 'New apps run on Bandit, written in Elixir. Cowboy goes on working: keep plug_cowboy and its adapter then.',
    since: '1.7.11',
    docs: 'https://hexdocs.pm/bandit/Bandit.html',
    area: 'deps',
    need: 'cosmetic',
    matches: [
      { address: 'deps/bandit', kinds: ['add'] },
      { address: 'deps/plug_cowboy', kinds: ['remove'] },
      { address: `config/all/${endpoint}.adapter`, during: ['1.7.11', null] },
    ],
    commands: ['mix deps.get'],
    caution:
      'Options written for Cowboy (transport_options, protocol_options) mean nothing to Bandit: their counterparts stand below thousand_island_options and http_1_options.',
  },
];
