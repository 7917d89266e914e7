import { Atom } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { ioData } from '../values/text.ts';
import { binaryOf, bool, bytesOf, type Value } from '../values/value.ts';
import { failed, numberArg, ok, textArg } from './arguments.ts';

const done = Atom.of('ok');

function read(path: string, machine: Evaluator): Value | null {
  const bytes = machine.files.read(path);
  if (bytes === undefined) return null;
  machine.budget.made(bytes.length);
  return binaryOf(bytes);
}

function fileError(action: string, path: string): Error {
  return exception('File.Error', `could not ${action} ${JSON.stringify(path)}: no such file or directory`);
}

/** Contents may be a list of texts. */
export function writeFile(path: string, content: Value, { files, budget }: Evaluator): void {
  const bytes = bytesOf(ioData(content, budget));
  budget.made(bytes.length);
  files.write(path, bytes);
}

function list(path: string, { files, budget }: Evaluator): string[] | null {
  const names = files.list(path);
  budget.step(names?.length ?? 0);
  return names;
}

export const fileModule: HostModule = {
  name: 'File',
  functions: {
    'cd!/2': ([path, fun], machine) => machine.files.within(textArg(path), () => machine.apply(fun as Value, [])),
    'chmod/2': ([path, mode], { files }) => {
      files.setMode(textArg(path), numberArg(mode));
      return done;
    },
    'chmod!/2': ([path, mode], { files }) => {
      files.setMode(textArg(path), numberArg(mode));
      return done;
    },
    'cwd!/0': (_, { files }) => files.current,
    'dir?/1': ([path], { files }) => bool(files.isDirectory(textArg(path))),
    'exists?/1': ([path], { files }) => bool(files.isDirectory(textArg(path)) || files.isFile(textArg(path))),
    'ls/1': ([path], machine) => {
      const names = list(textArg(path), machine);
      return names ? ok(names) : failed('enoent');
    },
    'ls!/1': ([path], machine) => {
      const names = list(textArg(path), machine);
      if (names === null) throw fileError('list directory', textArg(path));
      return names;
    },
    'mkdir_p/1': makeDirectory,
    'mkdir_p!/1': makeDirectory,
    'read/1': ([path], machine) => {
      const content = read(textArg(path), machine);
      return content === null ? failed('enoent') : ok(content);
    },
    'read!/1': ([path], machine) => {
      const content = read(textArg(path), machine);
      if (content === null) throw fileError('read file', textArg(path));
      return content;
    },
    'regular?/1': ([path], { files }) => bool(files.isFile(textArg(path))),
    'write/2': write,
    'write!/2': write,
  },
};

function makeDirectory([path]: readonly Value[], { files }: Evaluator): Value {
  files.addDirectory(textArg(path));
  return done;
}

function write([path, content]: readonly Value[], machine: Evaluator): Value {
  writeFile(textArg(path), content as Value, machine);
  return done;
}
