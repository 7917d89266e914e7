import { compareVersions, elixirOf } from '../../versions.ts';
import { type Toolchain, toolchainName } from '../mix/toolchain.ts';
import type { PristineRequest } from '../source.ts';

/** Stands for an Elixir where there is none, or one too old for the version: the newest that changes no output. */
const usual: Toolchain = { elixir: '1.18.4', otp: '27.3.4' };

/**
 * The Elixir that a project is generated for: the one asked for, else the one on this machine if the version takes it,
 * else a usual one. Null where the one asked for cannot generate the version.
 */
export function toolchainFor({ version, toolchain }: PristineRequest, here: Toolchain | null): Toolchain | null {
  const needed = elixirOf(version);
  const fits = ({ elixir }: Toolchain): boolean => compareVersions(elixir.split('-')[0] ?? elixir, needed) >= 0;
  if (toolchain !== undefined && toolchain !== null) {
    const asked = [here, usual].find((one) => one !== null && toolchainName(one) === toolchain) ?? named(toolchain);
    return asked && fits(asked) ? asked : null;
  }
  return here && fits(here) ? here : usual;
}

/** `elixir-1.14.0-otp-25` */
function named(name: string): Toolchain | null {
  const [, elixir, otp] = /^elixir-(.+)-otp-(\d+)$/.exec(name) ?? [];
  return elixir && otp ? { elixir, otp: `${otp}.0` } : null;
}
