import { Atom, nil } from '../../quoted/term.ts';
import type { HostModule } from '../evaluator.ts';
import { field, structOf } from '../values/map.ts';
import type { ElixirMap, Value } from '../values/value.ts';
import { listArg } from './arguments.ts';

function result(task: Value | undefined): Value {
  return field(task as ElixirMap, 'result') ?? nil;
}

/** There is one process: a task has run when it is started. */
export const taskModule: HostModule = {
  name: 'Task',
  functions: {
    'async/1': ([fun], machine) => structOf('Task', { result: machine.apply(fun as Value, []) }),
    'await/1': ([task]) => result(task),
    'await/2': ([task]) => result(task),
    'await_many/2': ([tasks]) => listArg(tasks).map(result),
  },
};

export const processModule: HostModule = {
  name: 'Process',
  functions: { 'get/1': () => nil, 'get/2': ([, value]) => value as Value },
};

const done = Atom.of('ok');

/** What is logged goes nowhere. */
export const loggerModule: HostModule = {
  name: 'Logger',
  functions: { 'debug/1': () => done, 'info/1': () => done, 'warn/1': () => done, 'warning/1': () => done },
};
