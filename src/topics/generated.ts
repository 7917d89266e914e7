import type { TopicData } from './topic.ts';

/** What code calls for that generators other than `phx.new` wrote. */
export const topics: readonly TopicData[] = [
  {
    id: 'auth-csrf-token',
    title: 'Drop the CSRF token when a session is renewed',
    why: 'A token that somebody planted before the login is then worth nothing after it. phx.gen.auth has done so since 1.7.12.',
    since: null,
    area: 'web',
    need: 'recommended',
    docs: 'https://hexdocs.pm/phoenix/mix_phx_gen_auth.html',
    caution: 'A form that was open in another tab before the login has to be loaded again.',
  },
  {
    id: 'generated-auth',
    title: 'Bring the fixes of phx.gen.auth into your own code',
    why: 'What phx.gen.auth wrote is code of your app: an upgrade of Phoenix does not change it. Its templates have been made safer since.',
    since: null,
    area: 'web',
    need: 'recommended',
    risk: 'manual',
    docs: 'https://hexdocs.pm/phoenix/mix_phx_gen_auth.html',
  },
];
