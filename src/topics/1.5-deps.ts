import type { TopicData } from './topic.ts';

/** Topics of deps in Phoenix 1.5. */
export const topics: readonly TopicData[] = [
  {
    id: 'phoenix-1-5',
    title: 'Move to Phoenix 1.5',
    why: 'Brings PubSub 2 and logging by telemetry events. The packages around Phoenix move with it.',
    breaks: 'Older companions do not resolve with Phoenix 1.5.',
    since: '1.5.0',
    until: '1.6.0',
    docs: 'https://gist.github.com/chrismccord/e53e79ef8b34adf5d8122a47db44d22f',
    area: 'deps',
    need: 'required',
    matches: [
      { address: 'deps/phoenix', below: '1.5' },
      { address: 'deps/phoenix_html', during: ['1.5.0', '1.6.0'] },
      { address: 'deps/phoenix_live_view', during: ['1.5.0', '1.6.0'], kinds: ['change'], below: '0.12' },
    ],
    after: ['elixir-requirement', 'web-server-dep', 'json-library', 'pubsub'],
    commands: ['mix deps.update phoenix phoenix_html'],
  },
  {
    id: 'live-view-0-15',
    title: 'Move to LiveView 0.15',
    why: 'What mix phx.new --live of 1.5 asks for. LiveDashboard pins LiveView, so both move together.',
    since: '1.5.0',
    until: '1.6.0',
    docs: 'https://github.com/phoenixframework/phoenix_live_view/blob/v0.20.17/CHANGELOG.md',
    area: 'deps',
    need: 'recommended',
    matches: [
      { address: 'deps/phoenix_live_view', during: ['1.5.0', '1.6.0'] },
      { address: 'deps/floki.**', during: ['1.5.0', '1.6.0'] },
    ],
    takes: [
      {
        when: { address: 'deps/phoenix_live_view', during: ['1.5.0', '1.6.0'], kinds: ['change'] },
        changes: ['deps/phoenix_live_dashboard'],
      },
    ],
    after: ['early-live-view'],
    commands: ['mix deps.update phoenix_live_view phoenix_live_dashboard'],
  },
];
