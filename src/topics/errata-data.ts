/** A mistake of the generator itself: what it wrote, in which versions, and what to write instead. */
export interface Erratum {
  /** The topic whose step would bring it. */
  readonly topic: string;
  readonly since: string;
  /** First version without it; null while the newest generator has it. */
  readonly until: string | null;
  /** Only in umbrellas. */
  readonly umbrella?: boolean;
  /** Pattern of the fact that is wrong; with `missing`, of the fact that shows where to look. */
  readonly address: string;
  /** Part of the displayed value that makes it wrong. */
  readonly value?: string;
  /** Another fact without which it does no harm. */
  readonly besides?: string;
  /** Another fact that makes it right again. */
  readonly mended?: string;
  /** The fact that the generator forgot. */
  readonly missing?: string;
  /** Looked for in changes alone: a project that has it has no problem, or a rule finds it in code. */
  readonly onlyAsChange?: boolean;
  /** What is wrong and what to write instead. */
  readonly caution: string;
}

const endpoint = '{app}.{Web}.Endpoint';

/** Mistakes that some version of the generator wrote into projects. */
export const errata: readonly Erratum[] = [
  {
    topic: 'request-id',
    since: '1.3.1',
    until: '1.4.0',
    address: 'config/all/logger.console.metadata.**',
    value: 'user_id',
    missing: 'endpoint/plug/Plug.RequestId',
    caution: 'The generator of 1.3.1 to 1.3.5 left Plug.RequestId out: add the plug and log metadata: [:request_id].',
  },
  {
    topic: 'live-reload-patterns',
    since: '1.4.3',
    until: '1.4.12',
    address: `config/dev/${endpoint}.live_reload.patterns`,
    value: '{live,views}',
    caution: 'Braces do not group in a regular expression, so this pattern never matches: write (live|views).',
  },
  {
    topic: 'inner-content',
    since: '1.5.0',
    until: '1.6.0',
    address: 'file/lib/{app}_web/templates/layout/app.html.eex',
    onlyAsChange: true,
    caution:
      'The generator of 1.5 left the CSRF token out of this layout: keep <%= csrf_meta_tag() %> in its head, which LiveView and scripts read.',
  },
  {
    topic: 'external-static',
    since: '1.6.1',
    until: '1.6.2',
    address: 'config/all/esbuild.*.args',
    value: '--external=/',
    caution: 'esbuild does not know --external=…: write --external:/fonts/* and --external:/images/*.',
  },
  {
    topic: 'dockerignore',
    since: '1.6.8',
    until: '1.6.9',
    address: 'docker/ignore.$ cat .git/HEAD**',
    caution: 'A shell command stands here as a pattern: remove the line.',
  },
  {
    topic: 'finch',
    since: '1.7.0',
    until: '1.8.0',
    umbrella: true,
    address: 'config/prod/swoosh.api_client',
    value: '{App}.Finch',
    caution:
      'The umbrella generator of 1.7 named the pool as API client: write api_client: Swoosh.ApiClient.Finch and finch_name: with the pool.',
  },
  {
    topic: 'phoenix-patch',
    since: '1.7.22',
    until: '1.7.23',
    address: 'deps/phoenix',
    value: '~> 1.7.20',
    onlyAsChange: true,
    caution: 'The generator of 1.7.22 asks for ~> 1.7.20, less than that of 1.7.21: do not lower the requirement.',
  },
  {
    topic: 'precommit',
    since: '1.8.0',
    until: '1.8.2',
    address: 'mix/aliases.precommit',
    value: 'compile --warning-as-errors',
    caution: 'The option is misspelt, so warnings pass: write compile --warnings-as-errors.',
  },
  {
    topic: 'port-in-runtime',
    since: '1.8.2',
    until: '1.8.3',
    umbrella: true,
    address: `config/runtime/${endpoint}.http.port`,
    caution: 'The port is set for the core app, whose configuration the endpoint does not read: name the web app.',
  },
  {
    topic: 'port-in-runtime',
    since: '1.8.2',
    until: null,
    address: `config/runtime/${endpoint}.http.port`,
    besides: `config/test/${endpoint}.http.port`,
    mended: `config/runtime:test/${endpoint}.http.port`,
    caution:
      'runtime.exs sets the port in every environment, so the test port of test.exs is overridden: wrap the line in if config_env() != :test do … end.',
  },
  {
    topic: 'force-ssl',
    since: '1.8.3',
    until: '1.8.5',
    address: `config/prod/${endpoint}.exclude.**`,
    caution: 'exclude: beside force_ssl: has no effect: it belongs inside force_ssl: [rewrite_on: …, exclude: …].',
  },
];
