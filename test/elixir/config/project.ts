import type { ConfigModel } from '../../../src/elixir/config/model.ts';
import { listing, readConfig } from '../../../src/elixir/config/read.ts';

/** Reads config files given as texts by path. */
export function config(files: Readonly<Record<string, string>>): ConfigModel {
  const entry = { build: 'config/config.exs', runtime: 'config/runtime.exs' };
  return readConfig((path) => files[path], listing(Object.keys(files)), entry);
}

/** One line for each entry: scope, key path and value; `!` marks the overridden. */
export function lines(model: ConfigModel): string[] {
  return model.entries.map(
    (entry) => `${entry.overridden ? '!' : ''}${entry.scope} ${entry.keyPath.join('.')} = ${entry.text}`,
  );
}
