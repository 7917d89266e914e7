import type { TopicData } from './topic.ts';

const endpoint = '{app}.{Web}.Endpoint';

/** Topics of mix.exs, configuration and supervision in Phoenix 1.6. */
export const topics: readonly TopicData[] = [
  {
    id: 'phoenix-compiler',
    title: 'Remove the :phoenix and :gettext compilers',
    why: 'Elixir tracks templates itself since 1.11, and Gettext its files since 0.20. Kept entries warn, and Gettext 0.20 and Phoenix 1.7 no longer need them.',
    since: '1.6.0',
    docs: 'https://hexdocs.pm/phoenix/changelog.html',
    area: 'mix',
    need: 'recommended',
    risk: 'safe',
    matches: [
      { address: 'mix/project.compilers', during: ['1.6.0', '1.8.0'] },
      { address: 'mix/project.compilers', kinds: ['change', 'remove'] },
    ],
  },
  {
    id: 'import-config',
    title: 'Use import Config in configuration files',
    why: 'use Mix.Config is deprecated, and a release has no Mix to evaluate runtime.exs with.',
    since: '1.6.0',
    docs: 'https://hexdocs.pm/elixir/Config.html',
    area: 'config',
    need: 'recommended',
    risk: 'safe',
    // `config_env()` came with it.
    elixir: '1.11.0',
  },
  {
    id: 'config-env',
    title: 'Ask config_env() for the environment',
    why: 'import Config brings config_env() and config_target(). A release evaluates runtime.exs without Mix, and Mix.env() raises there.',
    since: '1.6.0',
    docs: 'https://hexdocs.pm/elixir/Config.html#config_env/0',
    area: 'config',
    need: 'cosmetic',
    risk: 'safe',
    // `config_env()` came with it.
    elixir: '1.11.0',
    after: ['import-config'],
  },
  {
    id: 'runtime-config',
    title: 'Read the environment when the system boots',
    why: 'What prod.exs reads from the environment is fixed when the release is built. runtime.exs reads it on every boot, so one build runs anywhere.',
    since: '1.6.0',
    docs: 'https://hexdocs.pm/phoenix/releases.html',
    area: 'config',
    need: 'recommended',
    matches: [
      'config/runtime:prod/**',
      { address: 'config/prod/{app}.{App}.Repo.**', kinds: ['remove'] },
      { address: `config/prod/${endpoint}.http.**`, kinds: ['remove'] },
      { address: `config/prod/${endpoint}.secret_key_base`, kinds: ['remove'] },
    ],
    takes: [
      {
        when: { address: 'config/runtime:prod/{app}.{App}.Repo.url', kinds: ['add'] },
        changes: ['config/prod/{app}.{App}.Repo.**'],
      },
      {
        when: { address: `config/runtime:prod/${endpoint}.secret_key_base`, kinds: ['add'] },
        changes: [
          `config/prod/${endpoint}.http.**`,
          `config/prod/${endpoint}.secret_key_base`,
          `config/prod/${endpoint}.load_from_system_env`,
          `config/runtime:prod/${endpoint}.http.**`,
          `config/runtime/${endpoint}.http.**`,
        ],
      },
    ],
    files: ['config/runtime.exs', 'config/prod.secret.exs'],
    // A release of Distillery reads no runtime.exs.
    after: ['import-config', 'distillery'],
  },
  {
    id: 'secret-key-per-environment',
    title: 'Use one secret_key_base for each environment',
    why: 'The key in config.exs is in git and would serve production too. Development and test get keys of their own; production reads one at boot.',
    since: '1.6.0',
    docs: 'https://gist.github.com/chrismccord/2ab350f154235ad4a4d0f4de6decba7b',
    area: 'config',
    need: 'recommended',
    matches: [
      `config/all/${endpoint}.secret_key_base`,
      `config/dev/${endpoint}.secret_key_base`,
      `config/test/${endpoint}.secret_key_base`,
    ],
    after: ['runtime-config'],
    caution:
      'Use new keys (mix phx.gen.secret) for development and test; moving the old one into another tracked file changes nothing.',
  },
  {
    id: 'loopback-binding',
    title: 'Bind development and test servers to loopback',
    why: 'Other machines of the network no longer reach the development server. Inside a container it must listen on 0.0.0.0 instead.',
    since: '1.6.0',
    area: 'config',
    need: 'cosmetic',
    matches: [`config/dev/${endpoint}.http.ip`, `config/test/${endpoint}.http.ip`],
    caution: 'In a container, a VM or Docker Compose keep {0, 0, 0, 0}: on loopback no published port answers.',
  },
  {
    id: 'swoosh',
    title: 'Add a mailer with Swoosh',
    why: 'phx.gen.auth and phx.gen.notifier send through it. An app that mails in another way, or not at all, needs none of it.',
    since: '1.6.0',
    docs: 'https://hexdocs.pm/swoosh/Swoosh.html',
    area: 'config',
    need: 'cosmetic',
    matches: [
      { address: 'deps/swoosh', kinds: ['add'] },
      'config/*/{app}.{App}.Mailer.**',
      { address: 'config/all/swoosh.api_client', during: ['1.6.0', '1.7.0'] },
      { address: 'web/router.scope./dev', during: ['1.6.0', '1.7.0'] },
      'config/*/swoosh.**',
    ],
    takes: [
      {
        when: { address: 'deps/swoosh', kinds: ['add'] },
        changes: ['deps/req.**', 'deps/finch.**', 'config/*/swoosh.**', 'supervision/Finch'],
      },
    ],
    files: ['lib/{app}/mailer.ex'],
    commands: ['mix deps.get'],
  },
  {
    id: 'repo-stacktrace',
    title: 'Show stacktraces in query logs in development',
    why: 'The log of a query then names the line that issued it.',
    since: '1.6.7',
    docs: 'https://hexdocs.pm/ecto/Ecto.Repo.html',
    area: 'config',
    need: 'cosmetic',
    risk: 'safe',
    matches: ['config/dev/{app}.{App}.Repo.stacktrace'],
  },
];
