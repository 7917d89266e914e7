import type { HostModule } from '../evaluator.ts';
import { structOf } from '../values/map.ts';
import { numberArg } from './arguments.ts';

export const rangeModule: HostModule = {
  name: 'Range',
  functions: {
    'new/2': ([first, last]) =>
      structOf('Range', {
        first: numberArg(first),
        last: numberArg(last),
        step: numberArg(first) <= numberArg(last) ? 1 : -1,
      }),
    'new/3': ([first, last, step]) =>
      structOf('Range', { first: numberArg(first), last: numberArg(last), step: numberArg(step) }),
  },
};
