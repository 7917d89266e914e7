import type { Environment } from '../../../elixir/evaluate/environment.ts';
import { formatted } from './format.ts';
import { workRoot } from './package.ts';

/** What the output of a generator depends on besides the package, its flags and the names. */
export interface GeneratorWorld {
  /** Elixir that the project is generated for: from 1.19.3 on, regular expressions in config get the modifier `E`. */
  readonly elixir: string;
  readonly otp: string;
  /** Elixir source as `Code.format_string!` gives it; this program's own formatter unless another is given. */
  readonly format?: (text: string) => string;
  /** Whether the project is generated in a container, which its development server then listens to the outside of. */
  readonly container?: boolean;
}

/** Bytes whose base64 reads `aaaa`: secrets are replaced by a fixed word afterwards. */
const fixedBytes = [0x69, 0xa6, 0x9a];

/** A machine with nothing on it: no variables, no programs, no network. */
export function bareEnvironment({ elixir, otp, format = formatted }: GeneratorWorld): Environment {
  return {
    elixir,
    otp,
    format,
    os: 'unix',
    directory: workRoot,
    home: '/home/user',
    variables: new Map(),
    apps: new Map(),
    loaded: new Set(),
    agrees: false,
    fetch: () => null,
    random: (length) => Uint8Array.from({ length }, (_, index) => fixedBytes[index % fixedBytes.length] ?? 0),
  };
}
