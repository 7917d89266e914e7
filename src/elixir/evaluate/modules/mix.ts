import { Atom, callOf, moduleAtom, nil, no, pairOf, type Quoted, remoteCall, Tuple, yes } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, FormCall, HostModule } from '../evaluator.ts';
import { option } from '../forms/shape.ts';
import { mapOf } from '../values/map.ts';
import { isEqual } from '../values/order.ts';
import { ioData } from '../values/text.ts';
import { binaryOf, bool, type Value } from '../values/value.ts';
import { textArg } from './arguments.ts';
import { writeFile } from './file.ts';

const done = Atom.of('ok');
/** Stands for the shell that `Mix.shell()` gives. */
const shell = Atom.of('Elixir.Mix.Shell.Quiet');

export const mixModule: HostModule = {
  name: 'Mix',
  functions: {
    'env/0': () => Atom.of('prod'),
    'ensure_application!/1': () => done,
    'raise/1': ([message]) => {
      throw exception('Mix.Error', textArg(message));
    },
    'shell/0': () => shell,
  },
};

/** Says nothing, agrees to nothing, runs nothing. */
export const shellModule: HostModule = {
  name: 'Mix.Shell.Quiet',
  functions: {
    'cmd/1': () => 1,
    'cmd/2': () => 1,
    'error/1': () => done,
    'info/1': () => done,
    'yes?/1': () => no,
    'yes?/2': () => no,
  },
};

/** A file that is there already stays, unless it would be written the same. */
function createFile([path, content]: readonly Value[], machine: Evaluator): Value {
  const before = machine.files.read(textArg(path));
  const isOther = before !== undefined && !isEqual(binaryOf(before), ioData(content as Value, machine.budget));
  if (isOther) return no;
  writeFile(textArg(path), content as Value, machine);
  return yes;
}

export const mixGeneratorModule: HostModule = {
  name: 'Mix.Generator',
  functions: {
    'create_directory/1': ([path], { files }) => {
      files.addDirectory(textArg(path));
      return yes;
    },
    'create_file/2': createFile,
    'create_file/3': createFile,
  },
  macros: { 'embed_text/2': embedText },
};

/** `embed_text :name, from_file: path` defines `name_text/0`. */
function embedText({ args }: FormCall): Quoted {
  const [name, source] = args;
  const path = option(source, 'from_file');
  const text = path === undefined ? (source as Quoted) : remoteCall(moduleAtom('File'), 'read!', [path]);
  return callOf('defp', [callOf(`${(name as Atom).name}_text`, []), [pairOf('do', text)]]);
}

function projectConfig(machine: Evaluator): readonly Value[] {
  const { project } = machine.environment;
  if (project !== null) return [new Tuple<Value>([Atom.of('app'), Atom.of(project.app)])];
  return machine.remote(machine.project(), 'project', []) as readonly Value[];
}

export const mixProjectModule: HostModule = {
  name: 'Mix.Project',
  functions: {
    'config/0': (_, machine) => projectConfig(machine),
    'deps_paths/0': (_, machine) => depsPaths(machine),
    'deps_paths/1': (_, machine) => depsPaths(machine),
    'get!/0': (_, machine) => machine.project(),
    'umbrella?/0': (_, { environment }) => bool(environment.project?.umbrella ?? false),
  },
  macros: { '__using__/1': () => nil },
};

function depsPaths({ environment }: Evaluator): Value {
  return mapOf((environment.project?.deps ?? []).map((dep): [Value, Value] => [Atom.of(dep), `/deps/${dep}`]));
}

export const mixTaskModule: HostModule = {
  name: 'Mix.Task',
  functions: {
    'run/1': () => done,
    'run/2': () => done,
    'reenable/1': () => done,
  },
  macros: { '__using__/1': () => nil },
};

export const rebarModule: HostModule = {
  name: 'Mix.Rebar',
  functions: { 'rebar_cmd/1': () => nil },
};
