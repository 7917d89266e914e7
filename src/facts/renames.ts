import type { Address } from './address.ts';

/** A key path that the generator began to call otherwise; what stands below it went along. */
export interface Rename {
  /** Address prefixes in placeholder form. */
  readonly from: string;
  readonly to: string;
  /** Whether keys that the generator never wrote go along too: another bundler option does, a log level does not. */
  readonly whole: boolean;
}

/** A rename with one project's names. */
export interface NamedRename {
  readonly from: Address;
  readonly to: Address;
  readonly whole: boolean;
}

/** The logger's formatter moved with Elixir 1.15; the asset tools' profiles took the app's name in 1.7.11. */
export const renames: readonly Rename[] = [
  ...['all', 'dev', 'test', 'prod'].map((scope) => ({
    from: `config/${scope}/logger.console`,
    to: `config/${scope}/logger.default_formatter`,
    whole: false,
  })),
  { from: 'config/all/esbuild.default', to: 'config/all/esbuild.{app}', whole: true },
  { from: 'config/all/tailwind.default', to: 'config/all/tailwind.{app}', whole: true },
  { from: 'config/all/esbuild.default', to: 'config/all/esbuild.{app}_web', whole: true },
  { from: 'config/all/tailwind.default', to: 'config/all/tailwind.{app}_web', whole: true },
];

/** The address that another one had before a rename; undefined where the rename is about something else. */
export function formerAddress(address: Address, { from, to }: NamedRename): Address | undefined {
  return address.isBelow(to) ? from.below(address.textBelow(to)) : undefined;
}
