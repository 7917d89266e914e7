import type { TopicData } from './topic.ts';

/** What patch releases of every minor bring. */
export const topics: readonly TopicData[] = [
  {
    id: 'phoenix-patch',
    title: 'Raise the phoenix requirement to the newest patch',
    why: 'Patch releases of Phoenix carry bug and security fixes. The lock file decides which one runs; the requirement only sets the lower bound.',
    since: '1.3.1',
    docs: 'https://hexdocs.pm/phoenix/changelog.html',
    area: 'deps',
    need: 'recommended',
    risk: 'safe',
    matches: ['deps/phoenix', 'deps/phoenix.**'],
    commands: ['mix deps.update phoenix'],
  },
];
