import type { TopicData } from './topic.ts';

/** Topics of deps in Phoenix 1.6. */
export const topics: readonly TopicData[] = [
  {
    id: 'phoenix-1-6',
    title: 'Move to Phoenix 1.6',
    why: 'HEEx, esbuild and phx.gen.auth. LiveView, LiveDashboard and phoenix_html pin each other and Phoenix, so they move in one step.',
    breaks: 'LiveView of the 1.5 days does not resolve with Phoenix 1.6.',
    since: '1.6.0',
    until: '1.7.0',
    docs: 'https://gist.github.com/chrismccord/2ab350f154235ad4a4d0f4de6decba7b',
    area: 'deps',
    need: 'required',
    matches: [
      { address: 'deps/phoenix', below: '1.6' },
      { address: 'deps/phoenix_html', during: ['1.6.0', '1.7.0'] },
      { address: 'deps/phoenix_live_view', during: ['1.6.0', '1.7.0'], kinds: ['change'], below: '0.16' },
    ],
    takes: [
      {
        when: { address: 'deps/phoenix', during: ['1.6.0', '1.7.0'], below: '1.6' },
        changes: [
          { address: 'deps/phoenix_html', kinds: ['change'] },
          { address: 'deps/phoenix_live_reload', kinds: ['change'] },
          { address: 'deps/phoenix_live_dashboard', kinds: ['change'], below: '0.5' },
        ],
      },
      {
        when: { address: 'deps/phoenix_live_view', during: ['1.6.0', '1.7.0'], kinds: ['change'], below: '0.16' },
        changes: ['deps/phoenix_live_dashboard'],
      },
    ],
    after: ['elixir-requirement', 'pubsub', 'inner-content', 'phoenix-html-3'],
    commands: ['mix deps.update phoenix phoenix_html phoenix_live_view phoenix_live_dashboard'],
  },
  {
    id: 'live-view-0-17',
    title: 'Move to LiveView 0.17',
    why: 'Function components with declared imports and JS commands.',
    since: '1.6.3',
    until: '1.7.0',
    docs: 'https://hexdocs.pm/phoenix_live_view/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [{ address: 'deps/phoenix_live_view', during: ['1.6.3', '1.7.0'], kinds: ['change'], from: '0.16' }],
    takes: [
      {
        when: { address: 'deps/phoenix_live_view', during: ['1.6.3', '1.7.0'], kinds: ['change'], from: '0.16' },
        changes: ['deps/phoenix_live_dashboard'],
      },
    ],
    commands: ['mix deps.update phoenix_live_view phoenix_live_dashboard'],
  },
  {
    id: 'companion-deps',
    title: 'Raise the companion packages',
    why: 'The versions the generator was tested with. A requirement such as ~> 1.0 often allows them already: then only the lock file changes.',
    since: '1.6.0',
    area: 'deps',
    need: 'recommended',
    matches: [
      { address: 'deps/telemetry_metrics', kinds: ['change'] },
      { address: 'deps/telemetry_poller', kinds: ['change'] },
      { address: 'deps/gettext', kinds: ['change'] },
      { address: 'deps/jason', kinds: ['change'] },
      { address: 'deps/plug_cowboy', kinds: ['change'] },
      { address: 'deps/swoosh', kinds: ['change'] },
      { address: 'deps/bandit', kinds: ['change'] },
      { address: 'deps/dns_cluster', kinds: ['change'] },
      { address: 'deps/phoenix_live_dashboard', kinds: ['change'] },
      { address: 'deps/phoenix_live_reload', kinds: ['change'] },
    ],
    commands: ['mix deps.get'],
  },
];
