import { quotedText } from '../../quoted/quote.ts';
import { Atom, nil, yes } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import type { UserModule } from '../user-module.ts';
import { keywordValue } from '../values/map.ts';
import { bool, type Value } from '../values/value.ts';
import { atomArg, listArg, textArg } from './arguments.ts';

/** `Elixir.A.B` of atoms and texts; `nil` stands for no part. */
function concat(parts: readonly Value[]): Value {
  const names = parts.filter((part) => part !== nil).map((part) => (part instanceof Atom ? part.name : textArg(part)));
  const short = names.map((name) => name.replace(/^Elixir(\.|$)/, '')).filter((name) => name !== '');
  return Atom.of(['Elixir', ...short].join('.'));
}

function split(module: Value | undefined): string[] {
  const name = module instanceof Atom ? module.name : textArg(module);
  if (!name.startsWith('Elixir.')) throw exception('ArgumentError', `expected an Elixir module, got: ${name}`);
  return name.slice('Elixir.'.length).split('.');
}

function userModule(module: Value | undefined, machine: Evaluator): UserModule {
  const found = machine.userModule(atomArg(module).name);
  if (found === null) throw new Refusal('unknown', `attributes of ${atomArg(module).name}`);
  return found;
}

export const moduleModule: HostModule = {
  name: 'Module',
  functions: {
    'concat/1': ([parts]) => concat(listArg(parts)),
    'concat/2': ([left, right]) => concat([left as Value, right as Value]),
    'get_attribute/2': ([module, name], machine) => {
      const { attributes, accumulating } = userModule(module, machine);
      return attributes.get(atomArg(name).name) ?? (accumulating.has(atomArg(name).name) ? [] : nil);
    },
    'put_attribute/3': ([module, name, value], machine) => {
      userModule(module, machine).setAttribute(atomArg(name).name, value as Value);
      return Atom.of('ok');
    },
    'register_attribute/3': ([module, name, options], machine) => {
      if (keywordValue(options as Value, 'accumulate') === yes)
        userModule(module, machine).accumulating.add(atomArg(name).name);
      return Atom.of('ok');
    },
    'split/1': ([module]) => split(module),
  },
};

/** Modules of Elixir itself whose names an app cannot have; the rest of them is in the library. */
const taken = new Set(
  'Access Agent Application Atom Base Behaviour Bitwise Calendar Code Collectable Config Date DateTime Dict Duration DynamicSupervisor EEx Enum Enumerable ErlangError Exception ExUnit File Float Function GenEvent GenServer HashDict HashSet IEx IO Inspect Integer JSON Kernel Keyword List Logger Macro Map MapSet Mix Module NaiveDateTime Node OptionParser PartitionSupervisor Path Port Process Protocol Range Record Regex Registry RuntimeError Set Stream String StringIO Supervisor System Task Time Tuple URI Version'.split(
    ' ',
  ),
);

function isOfElixir(name: string): boolean {
  return name.startsWith('Elixir.') && taken.has(name.slice('Elixir.'.length));
}

function isLoaded(name: string, machine: Evaluator): boolean {
  const alias = name.replace(/^Elixir\./, '');
  return isOfElixir(name) || machine.environment.loaded.has(alias) || machine.hasModule(name);
}

export const codeModule: HostModule = {
  name: 'Code',
  functions: {
    'ensure_loaded?/1': ([module], machine) => bool(isLoaded(atomArg(module).name, machine)),
    'delete_path/1': () => bool(true),
    'string_to_quoted!/1': ([text]) => quotedText(textArg(text)) as Value,
    'format_string!/1': ([text], { environment }) => environment.format(textArg(text)),
    'format_string!/2': ([text], { environment }) => environment.format(textArg(text)),
  },
};
