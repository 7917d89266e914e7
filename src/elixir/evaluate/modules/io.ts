import { Atom } from '../../quoted/term.ts';
import type { HostModule } from '../evaluator.ts';
import { ioData } from '../values/text.ts';
import type { Value } from '../values/value.ts';

const done = Atom.of('ok');

/** What is printed goes nowhere. */
export const ioModule: HostModule = {
  name: 'IO',
  functions: {
    'iodata_to_binary/1': ([data], { budget }) => ioData(data as Value, budget),
    'puts/1': () => done,
    'warn/1': () => done,
  },
};
