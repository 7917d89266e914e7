import type { TopicData } from './topic.ts';

/** Topics of assets in Phoenix 1.5. */
export const topics: readonly TopicData[] = [
  {
    id: 'topbar',
    title: 'Add a progress bar to LiveView pages',
    why: 'topbar shows that a LiveView page is loading; it is vendored and replaces the nprogress package.',
    since: '1.5.8',
    area: 'assets',
    need: 'cosmetic',
    files: ['assets/vendor/topbar.js'],
  },
];
