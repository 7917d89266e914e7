import type { Matcher, TopicData } from './topic.ts';

const since18: readonly [string, null] = ['1.8.0', null];
const oldLiveView: Matcher = { address: 'deps/phoenix_live_view', during: since18, kinds: ['change'], below: '1.0' };
const liveView10: Matcher = {
  address: 'deps/phoenix_live_view',
  during: since18,
  kinds: ['change'],
  from: '1.0',
  below: '1.1',
};

/** Topics of deps in Phoenix 1.8. */
export const topics: readonly TopicData[] = [
  {
    id: 'phoenix-1-8',
    title: 'Move to Phoenix 1.8',
    why: 'Phoenix 1.8 needs Elixir 1.15 and OTP 25. LiveView before 1.0 refuses it, so LiveView, LiveDashboard and phoenix_html move along, and lazy_html, which the tests of newer LiveView need.',
    breaks: 'mix deps.get finds no set of versions with a LiveView before 1.0.',
    since: '1.8.0',
    docs: 'https://github.com/phoenixframework/phoenix/blob/v1.8/CHANGELOG.md',
    area: 'deps',
    need: 'required',
    matches: [
      { address: 'deps/phoenix', below: '1.8' },
      { address: 'deps/phoenix_html', during: ['1.7.11', null], kinds: ['change'], below: '3.3' },
      oldLiveView,
    ],
    takes: [
      {
        when: { address: 'deps/phoenix', during: since18, below: '1.8' },
        changes: [
          { address: 'deps/phoenix_html', kinds: ['change'], below: '3.3' },
          { address: 'deps/phoenix_live_reload', kinds: ['change'] },
          { address: 'deps/phoenix_live_dashboard', kinds: ['change'], below: '0.8' },
        ],
      },
      {
        when: oldLiveView,
        changes: ['deps/phoenix_live_dashboard', 'deps/lazy_html.**', 'deps/floki.**', 'deps/phoenix_html'],
      },
    ],
    after: [
      'elixir-requirement',
      'pubsub',
      'inner-content',
      'phoenix-view',
      'phoenix-html-helpers',
      'component-imports',
      'live-component-calls',
      'live-connect-info',
      'live-layout-names',
    ],
    commands: ['mix deps.update phoenix phoenix_html phoenix_live_view phoenix_live_dashboard plug'],
    caution:
      'put_secure_browser_headers now sends a content-security-policy that forbids framing by other sites, and no x-frame-options. An endpoint that read the variable config while compiling must call Application.compile_env/3.',
  },
  {
    id: 'live-view-1-1',
    title: 'Move to LiveView 1.1',
    why: 'Tests of LiveViews parse HTML with lazy_html, which the app lists itself; Floki stays only for tests that call it. mix igniter.upgrade phoenix_live_view makes the same changes; take one of the two ways.',
    breaks: 'Phoenix.LiveViewTest of LiveView 1.1 raises where lazy_html is missing.',
    since: '1.8.0',
    docs: 'https://hexdocs.pm/phoenix_live_view/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [liveView10, 'deps/lazy_html.**', 'deps/floki.**'],
    takes: [{ when: liveView10, changes: ['deps/lazy_html.**', 'deps/floki.**', 'deps/phoenix_live_dashboard'] }],
    after: ['phoenix-1-8'],
    commands: ['mix deps.update phoenix_live_view'],
  },
  {
    id: 'live-view-1-2',
    title: 'Move to LiveView 1.2',
    why: 'The root tag attribute tells LiveView where a component’s own styles apply; it is read while compiling, and app.css imports what the compiler wrote.',
    since: '1.8.8',
    docs: 'https://hexdocs.pm/phoenix_live_view/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [
      { address: 'deps/phoenix_live_view', during: ['1.8.8', null], kinds: ['change'], from: '1.1' },
      'config/all/phoenix_live_view.root_tag_attribute',
      'config/all/phoenix_live_view.**',
    ],
    after: ['phoenix-1-8'],
    commands: ['mix deps.update phoenix_live_view', 'mix deps.compile --force phoenix_live_view'],
  },
  {
    id: 'gettext-1-0',
    title: 'Move to Gettext 1.0',
    why: 'The stable release of the backend style that 0.26 brought.',
    since: '1.8.2',
    docs: 'https://hexdocs.pm/gettext/changelog.html',
    area: 'deps',
    need: 'recommended',
    matches: [{ address: 'deps/gettext', during: ['1.8.2', null], kinds: ['change'] }],
    after: ['gettext-backend'],
    commands: ['mix deps.update gettext'],
  },
];
