import { yes } from '../quoted/term.ts';
import { Raised } from './refusal.ts';
import { inspect } from './values/inspect.ts';
import { structOf } from './values/map.ts';
import type { Value } from './values/value.ts';

/** An exception of evaluated code with its message. */
export function exception(module: string, message: string): Raised {
  return new Raised('error', structOf(module, { __exception__: yes, message }), `${module}: ${message}`);
}

export function noMatch(value: Value): Raised {
  return exception('MatchError', `no match of right hand side value: ${inspect(value)}`);
}
