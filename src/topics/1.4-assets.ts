import type { TopicData } from './topic.ts';

const endpoint = '{app}.{Web}.Endpoint';

/** Topics of assets in Phoenix 1.4. */
export const topics: readonly TopicData[] = [
  {
    id: 'webpack',
    title: 'Bundle assets with webpack instead of Brunch',
    why: 'Brunch is abandoned. Only a stop on the way: from 1.6 on esbuild does this without Node.',
    since: '1.4.0',
    until: '1.6.0',
    docs: 'https://gist.github.com/chrismccord/bb1f8b136f5a9e4abc0bfc07b832257e',
    area: 'assets',
    need: 'cosmetic',
    risk: 'manual',
    matches: [{ address: `config/dev/${endpoint}.watchers.node`, kinds: ['add', 'change'] }],
    files: [
      'assets/.babelrc',
      'assets/webpack.config.js',
      'assets/brunch-config.js',
      'assets/package.json',
      'assets/js/app.js',
      'assets/css/app.css',
      'assets/css/app.scss',
    ],
    commands: ['npm install --prefix assets'],
  },
  {
    id: 'starter-styles',
    title: 'Update the styles of the generated pages',
    why: 'phoenix.css only dresses the starter pages; an app with its own design needs none of it.',
    since: '1.4.0',
    until: '1.7.0',
    area: 'assets',
    need: 'cosmetic',
    files: ['assets/css/phoenix.css', 'priv/static/css/**'],
  },
];
