import {
  Atom,
  callOf,
  moduleAtom,
  nil,
  no,
  pairOf,
  type Quoted,
  remoteCall,
  type Tuple,
  yes,
} from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, FormCall, HostModule } from '../evaluator.ts';
import { option } from '../forms/shape.ts';
import { keywordValue, mapOf } from '../values/map.ts';
import { isEqual } from '../values/order.ts';
import { ioData } from '../values/text.ts';
import { binaryOf, bool, type Value } from '../values/value.ts';
import { atomArg, listArg, textArg } from './arguments.ts';
import { writeFile } from './file.ts';

const done = Atom.of('ok');
/** Stands for the shell that `Mix.shell()` gives. */
const shell = Atom.of('Elixir.Mix.Shell.Quiet');

export const mixModule: HostModule = {
  name: 'Mix',
  functions: {
    'env/0': () => Atom.of('prod'),
    'compilers/0': () => ['yecc', 'leex', 'erlang', 'elixir', 'app'].map((name) => Atom.of(name)),
    'ensure_application!/1': () => done,
    'raise/1': ([message]) => {
      throw exception('Mix.Error', textArg(message));
    },
    'shell/0': () => shell,
  },
};

/** Says nothing, runs nothing, and gives every question the same answer. */
export const shellModule: HostModule = {
  name: 'Mix.Shell.Quiet',
  functions: {
    'cmd/1': () => 1,
    'cmd/2': () => 1,
    'error/1': () => done,
    'info/1': () => done,
    'yes?/1': (_, { environment }) => bool(environment.agrees),
    'yes?/2': (_, { environment }) => bool(environment.agrees),
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
  return machine.remote(machine.project(), 'project', []) as readonly Value[];
}

export const mixProjectModule: HostModule = {
  name: 'Mix.Project',
  functions: {
    'config/0': (_, machine) => projectConfig(machine),
    'deps_paths/0': (_, machine) => depsPaths(machine),
    'deps_paths/1': (_, machine) => depsPaths(machine),
    'build_path/0': () => '/compiled',
    'compile_path/0': () => '/compiled',
    'get!/0': (_, machine) => machine.project(),
    'umbrella?/0': (_, machine) => bool(keywordValue(projectConfig(machine), 'apps_path') !== undefined),
  },
  macros: { '__using__/1': () => nil },
};

/** Directories of the deps: an app of the same umbrella lies beside this one. */
function depsPaths(machine: Evaluator): Value {
  const deps = keywordValue(projectConfig(machine), 'deps') ?? [];
  const paths = listArg(deps).map((dep): [Value, Value] => {
    const [name, ...rest] = (dep as Tuple<Value>).items as readonly Value[];
    const isBeside = rest.some((part) => keywordValue(part, 'in_umbrella') === yes);
    const directory = isBeside ? machine.files.absolute('..') : '/deps';
    return [name as Value, `${directory}/${atomArg(name).name}`];
  });
  return mapOf(paths);
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
