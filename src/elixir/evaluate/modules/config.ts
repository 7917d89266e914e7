import { Atom, nil, type Quoted, Tuple } from '../../quoted/term.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import type { Value } from '../values/value.ts';
import { atomArg, listArg, pairArg } from './arguments.ts';

/** `config :shop, key: value` and `config :shop, Shop.Repo, key: value`, kept for `Application.get_env`. */
function put([app, ...rest]: readonly Value[], { config }: Evaluator): Value {
  const pairs = rest.length === 2 ? [rest as [Value, Value]] : listArg(rest[0]).map(pairArg);
  for (const [key, value] of pairs) config.put(atomArg(app).name, atomArg(key).name, value);
  return Atom.of('ok');
}

const functions: HostModule['functions'] = {
  'config/2': put,
  'config/3': put,
  'config_env/0': () => Atom.of('dev'),
  /** One environment's file is not loaded: what generators ask for stands in that for all. */
  'import_config/1': () => Atom.of('ok'),
};

export const configModule: HostModule = { name: 'Config', functions };

/** `use Mix.Config`, which early projects have in place of `import Config`. */
export const mixConfigModule: HostModule = {
  name: 'Mix.Config',
  functions,
  macros: { '__using__/1': () => importOf(['Mix', 'Config']) },
};

function importOf(parts: readonly string[]): Quoted {
  const alias = new Tuple<Quoted>([Atom.of('__aliases__'), [], parts.map((part) => Atom.of(part))]);
  return new Tuple<Quoted>([Atom.of('import'), [], [alias]]);
}

/** `use Ecto.Repo, adapter: Module` lets a repo say what its adapter is. */
export const repoModule: HostModule = {
  name: 'Ecto.Repo',
  functions: {},
  macros: {
    '__using__/1': ({ args: [options] }) => {
      const adapter = (options as readonly Quoted[] | undefined)?.find(
        (item) => item instanceof Tuple && item.items[0] === Atom.of('adapter'),
      ) as Tuple<Quoted> | undefined;
      const name = new Tuple<Quoted>([Atom.of('__adapter__'), [], []]);
      const body = new Tuple<Quoted>([Atom.of('do'), adapter?.items[1] ?? nil]);
      return new Tuple<Quoted>([Atom.of('def'), [], [name, [body]]]);
    },
  },
};
