import type { TopicData } from './topic.ts';

/** What packages took away or deprecate, as their versions say; no generator version brought it. */
export const topics: readonly TopicData[] = [
  {
    id: 'gone-calls',
    title: 'Replace calls that the new versions no longer have',
    why: 'The packages that this upgrade raises no longer have these functions, macros or components.',
    breaks: 'Code that calls them does not compile, or fails when it runs.',
    since: null,
    area: 'web',
    need: 'required',
    risk: 'manual',
  },
  {
    id: 'deprecated-calls',
    title: 'Replace deprecated calls',
    why: 'They go on working with the target, and a later version will take them away.',
    since: null,
    area: 'web',
    need: 'recommended',
    risk: 'manual',
  },
];
