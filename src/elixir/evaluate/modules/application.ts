import { Atom, nil } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { inspect } from '../values/inspect.ts';
import type { Value } from '../values/value.ts';
import { atomArg, ok, textArg } from './arguments.ts';

function directoryOf(app: Value | undefined, { environment }: Evaluator): string {
  const directory = environment.apps.get(atomArg(app).name);
  if (directory === undefined) throw new Refusal('file', `the app ${atomArg(app).name}`);
  return directory;
}

/** What the config files that were loaded say; nothing where none was. */
export const applicationModule: HostModule = {
  name: 'Application',
  functions: {
    'app_dir/1': ([app], machine) => directoryOf(app, machine),
    'app_dir/2': ([app, path], machine) => `${directoryOf(app, machine)}/${textArg(path)}`,
    'ensure_all_started/1': () => ok([]),
    'ensure_loaded/1': () => Atom.of('ok'),
    'fetch_env!/2': ([app, key], machine) => {
      const value = machine.config.get(atomArg(app).name, atomArg(key).name);
      if (value === undefined) throw exception('ArgumentError', `no config for ${inspect(app as Value)}`);
      return value;
    },
    'get_env/2': ([app, key], { config }) => config.get(atomArg(app).name, atomArg(key).name) ?? nil,
    'get_env/3': ([app, key, value], { config }) =>
      config.get(atomArg(app).name, atomArg(key).name) ?? (value as Value),
    'load/1': () => Atom.of('ok'),
    'loaded_applications/0': () => [],
    'spec/1': () => nil,
    'spec/2': () => nil,
  },
  macros: { '__using__/1': () => nil },
};
