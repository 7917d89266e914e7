import type { CodeRule } from '../rule.ts';
import { ectoRules } from './ecto-rules.ts';
import { htmlRules } from './html-rules.ts';
import { liveViewApiRules } from './live-view-api-rules.ts';
import { liveViewRules } from './live-view-rules.ts';
import { phoenixRulesTo16 } from './phoenix-1-4-rules.ts';
import { phoenixRules17 } from './phoenix-1-7-rules.ts';
import { phoenixRules18 } from './phoenix-1-8-rules.ts';

/** Every rule for code; a topic may have several. */
export const codeRules: readonly CodeRule[] = [
  ...phoenixRulesTo16,
  ...phoenixRules17,
  ...phoenixRules18,
  ...liveViewRules,
  ...liveViewApiRules,
  ...htmlRules,
  ...ectoRules,
];
