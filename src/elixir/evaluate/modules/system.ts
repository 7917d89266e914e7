import { charlist } from '../../quoted/strings.ts';
import { Atom, nil, no, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostModule } from '../evaluator.ts';
import { keywordValue } from '../values/map.ts';
import { binaryOf, bytesOf, type Value } from '../values/value.ts';
import { binaryArg, numberArg, ok, textArg } from './arguments.ts';

/** Nothing can be run: no program is found. */
export const systemModule: HostModule = {
  name: 'System',
  functions: {
    'fetch_env/1': ([name], { environment }) => {
      const value = environment.variables.get(textArg(name));
      return value === undefined ? Atom.of('error') : ok(value);
    },
    'find_executable/1': () => nil,
    'get_env/1': ([name], { environment }) => environment.variables.get(textArg(name)) ?? nil,
    'get_env/2': ([name, value], { environment }) => environment.variables.get(textArg(name)) ?? (value as Value),
    'halt/0': () => {
      throw exception('SystemExit', 'the task stopped');
    },
    'otp_release/0': (_, { environment }) => majorOf(environment.otp),
    'user_home/0': (_, { environment }) => environment.home,
    'version/0': (_, { environment }) => environment.elixir,
  },
};

function majorOf(version: string): string {
  return version.split('.')[0] ?? version;
}

export const osModule: HostModule = {
  name: ':os',
  functions: {
    'type/0': (_, { environment }) =>
      new Tuple<Value>(
        environment.os === 'windows' ? [Atom.of('win32'), Atom.of('nt')] : [Atom.of('unix'), Atom.of('linux')],
      ),
  },
};

export const codeServerModule: HostModule = {
  name: ':code',
  functions: {
    'get_path/0': () => [],
    'priv_dir/1': () => new Tuple<Value>([Atom.of('error'), Atom.of('bad_name')]),
    'root_dir/0': () => charlist('/otp'),
  },
};

export const erlangModule: HostModule = {
  name: ':erlang',
  functions: {
    'binary_to_atom/2': ([text]) => Atom.of(textArg(text)),
    'system_info/1': (_, { environment }) => charlist(majorOf(environment.otp)),
  },
};

export const cryptoModule: HostModule = {
  name: ':crypto',
  functions: {
    'strong_rand_bytes/1': ([length], { environment, budget }) => {
      budget.made(numberArg(length));
      return binaryOf(environment.random(numberArg(length)));
    },
  },
};

export const baseModule: HostModule = {
  name: 'Base',
  functions: {
    'encode64/1': ([binary]) => Buffer.from(bytesOf(binaryArg(binary))).toString('base64'),
    'encode64/2': ([binary, options]) => {
      const text = Buffer.from(bytesOf(binaryArg(binary))).toString('base64');
      return keywordValue(options as Value, 'padding') === no ? text.replace(/=+$/, '') : text;
    },
  },
};

export const binaryModule: HostModule = {
  name: ':binary',
  functions: {
    'split/2': ([text, pattern]) => {
      const [whole, separator] = [textArg(text), textArg(pattern)];
      const at = whole.indexOf(separator);
      return at === -1 ? [whole] : [whole.slice(0, at), whole.slice(at + separator.length)];
    },
  },
};
