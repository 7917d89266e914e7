import type { ConfigModel } from '../../elixir/config/model.ts';
import { formatAddress } from '../address.ts';
import type { Fact } from '../fact.ts';

/** One fact for each key that takes effect, in the order of the files. */
export function configFacts(config: ConfigModel): Fact[] {
  return config.entries
    .filter((entry) => !entry.overridden)
    .map((entry) => {
      const path = [entry.scope, ...entry.keyPath];
      return {
        address: formatAddress('config', null, path),
        area: 'config',
        member: null,
        path,
        value: entry.text,
        at: { path: entry.path, line: entry.line },
      };
    });
}
