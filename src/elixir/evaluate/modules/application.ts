import { nil } from '../../quoted/term.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import type { Value } from '../values/value.ts';
import { atomArg, ok, textArg } from './arguments.ts';

function directoryOf(app: Value | undefined, { environment }: Evaluator): string {
  const directory = environment.apps.get(atomArg(app).name);
  if (directory === undefined) throw new Refusal('file', `the app ${atomArg(app).name}`);
  return directory;
}

/** No app is configured. */
export const applicationModule: HostModule = {
  name: 'Application',
  functions: {
    'app_dir/1': ([app], machine) => directoryOf(app, machine),
    'app_dir/2': ([app, path], machine) => `${directoryOf(app, machine)}/${textArg(path)}`,
    'ensure_all_started/1': () => ok([]),
    'get_env/2': () => nil,
    'get_env/3': ([, , value]) => value as Value,
    'loaded_applications/0': () => [],
    'spec/1': () => nil,
    'spec/2': () => nil,
  },
  macros: { '__using__/1': () => nil },
};
