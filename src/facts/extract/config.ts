import type { ConfigModel } from '../../elixir/config/model.ts';
import { addressOf } from '../address.ts';
import type { Fact } from '../fact.ts';

/** One fact for each key that takes effect, in the order of the files. */
export function configFacts(config: ConfigModel): Fact[] {
  return config.entries
    .filter((entry) => !entry.overridden)
    .map(({ scope, keyPath, text, path, line }) => ({
      address: addressOf('config', null, [scope, ...keyPath]),
      value: text,
      at: { path, line },
    }));
}
