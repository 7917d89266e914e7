import type { TopicData } from './topic.ts';

const endpoint = '{app}.{Web}.Endpoint';
const since18: readonly [string, null] = ['1.8.0', null];

/** Topics of mix.exs, configuration and supervision in Phoenix 1.8. */
export const topics: readonly TopicData[] = [
  {
    id: 'req',
    title: 'Replace Finch with Req',
    why: 'One HTTP client for the app and for mails, without a pool to supervise. Dep, child and both Swoosh settings belong together. Keep Finch where other code uses the pool.',
    breaks: 'A Swoosh client whose dep or pool is gone cannot send mails.',
    since: '1.8.0',
    docs: 'https://hexdocs.pm/swoosh/Swoosh.ApiClient.Req.html',
    area: 'config',
    need: 'cosmetic',
    matches: [
      { address: 'deps/req', kinds: ['add'] },
      { address: 'deps/finch', kinds: ['remove'] },
      { address: 'supervision/Finch', kinds: ['remove'] },
      { address: 'config/*/swoosh.api_client', during: since18 },
      { address: 'config/prod/swoosh.finch_name', kinds: ['remove'] },
      { address: 'supervision/order', during: since18 },
    ],
    takes: [
      {
        when: { address: 'deps/req', kinds: ['add'] },
        unless: { address: 'deps/swoosh', kinds: ['add'] },
        changes: ['deps/finch', 'supervision/Finch', 'config/*/swoosh.api_client', 'config/*/swoosh.finch_name'],
      },
    ],
    commands: ['mix deps.get'],
  },
  {
    id: 'code-reloader-listener',
    title: 'Let the code reloader listen to Mix',
    why: 'The running server notices what an editor or another terminal has compiled.',
    since: '1.8.0',
    docs: 'https://hexdocs.pm/phoenix/Phoenix.CodeReloader.html',
    area: 'mix',
    need: 'recommended',
    risk: 'safe',
    matches: ['mix/project.listeners'],
    after: ['elixir-requirement', 'phoenix-1-8'],
  },
  {
    id: 'precommit',
    title: 'Add mix precommit alias',
    why: 'mix precommit compiles with warnings as errors, unlocks unused deps, formats and tests; preferred_envs runs it in the test environment.',
    since: '1.8.0',
    docs: 'https://github.com/phoenixframework/phoenix/blob/v1.8/CHANGELOG.md',
    area: 'mix',
    need: 'cosmetic',
    risk: 'safe',
    matches: ['mix/cli.**', 'mix/aliases.precommit'],
  },
  {
    id: 'logger-default-formatter',
    title: 'Set the format of the default logger',
    why: 'Elixir 1.15 logs through the default handler, whose format is set under :default_formatter; :console belonged to the old backend.',
    since: '1.8.0',
    docs: 'https://hexdocs.pm/logger/Logger.Formatter.html',
    area: 'config',
    need: 'recommended',
    matches: [
      { address: 'config/*/logger.console.**', kinds: ['remove'] },
      'config/*/logger.console.**',
      'config/*/logger.default_formatter.**',
    ],
    takes: [
      {
        when: { address: 'config/all/logger.default_formatter.**', kinds: ['add'] },
        changes: ['config/*/logger.console.**'],
      },
    ],
    after: ['elixir-requirement'],
  },
  {
    id: 'port-in-runtime',
    title: 'Read PORT in one place',
    why: 'runtime.exs reads the port for every environment, so that two apps can run side by side in development.',
    since: '1.8.0',
    docs: 'https://github.com/phoenixframework/phoenix/blob/v1.8/CHANGELOG.md',
    area: 'config',
    need: 'cosmetic',
    matches: [
      `config/runtime/${endpoint}.http.**`,
      { address: `config/dev/${endpoint}.http.port`, during: since18 },
      { address: `config/runtime:prod/${endpoint}.http.port`, during: since18 },
    ],
    takes: [
      {
        when: { address: `config/runtime/${endpoint}.http.port`, kinds: ['add'] },
        unless: { address: `config/runtime:prod/${endpoint}.secret_key_base`, kinds: ['add'] },
        changes: [`config/dev/${endpoint}.http.port`, `config/runtime:prod/${endpoint}.http.port`],
      },
    ],
  },
  {
    id: 'live-reload-logs',
    title: 'Show server logs in the browser console',
    why: 'Development logs show in the browser, and a click with c or d held opens the source of an element.',
    since: '1.8.0',
    docs: 'https://hexdocs.pm/phoenix_live_reload/readme.html',
    area: 'config',
    need: 'cosmetic',
    risk: 'safe',
    matches: [`config/dev/${endpoint}.live_reload.web_console_logger`],
    parts: [{ file: 'assets/js/app.js', says: 'phx:live_reload:attached' }],
    takes: [
      {
        when: { address: `config/dev/${endpoint}.live_reload.web_console_logger`, kinds: ['add'] },
        unless: { address: 'mix/project.compilers' },
        changes: [{ address: 'file/assets/js/app.js', kinds: ['change'] }],
      },
    ],
    after: ['companion-deps', 'phoenix-1-8'],
  },
  {
    id: 'live-reload-in-runtime',
    title: 'Move live reload settings to runtime.exs',
    why: 'Regular expressions cannot be stored in compile-time configuration on OTP 28; runtime.exs evaluates them on boot.',
    breaks: 'On OTP 28 a regular expression without the modifier E in dev.exs stops the compilation.',
    since: '1.8.9',
    docs: 'https://hexdocs.pm/phoenix_live_reload/readme.html',
    area: 'config',
    need: 'recommended',
    matches: [
      `config/runtime:dev/${endpoint}.live_reload.**`,
      { address: `config/dev/${endpoint}.live_reload.**`, kinds: ['remove'] },
    ],
    takes: [
      {
        when: { address: `config/runtime:dev/${endpoint}.live_reload.**`, kinds: ['add'] },
        changes: [`config/dev/${endpoint}.live_reload.**`],
      },
    ],
  },
  {
    id: 'agents-md',
    title: 'Add AGENTS.md',
    why: 'Notes on the framework for coding agents; no code depends on it.',
    since: '1.8.0',
    area: 'tooling',
    need: 'cosmetic',
    files: ['AGENTS.md'],
    after: ['phoenix-1-8'],
  },
  {
    id: 'force-ssl',
    title: 'Force HTTPS in production',
    why: 'Plain HTTP is redirected and browsers are told to stay on HTTPS. The setting is read while compiling, so it stands in prod.exs.',
    breaks: 'In runtime.exs it would keep the release from booting.',
    since: '1.8.2',
    docs: 'https://hexdocs.pm/plug/Plug.SSL.html',
    area: 'config',
    need: 'recommended',
    matches: [`config/prod/${endpoint}.force_ssl.**`, `config/prod/${endpoint}.exclude.**`],
    caution:
      'Health checks over plain HTTP are redirected unless exclude names their host or path, and browsers remember HSTS: be sure that every host has HTTPS, and that the proxy sets x-forwarded-proto.',
  },
];
