import type { Place } from '../facts/fact.ts';

/** One runtime version by every place of the project that states it. */
export interface MatrixRow {
  readonly tool: 'elixir' | 'otp' | 'node' | 'debian';
  /** Lowest version that the target works with; null when it does not say. */
  readonly needed: string | null;
  readonly agrees: boolean;
  readonly uses: readonly { readonly version: string; readonly at: Place }[];
}

export const toolNames: Readonly<Record<MatrixRow['tool'], string>> = {
  elixir: 'Elixir',
  otp: 'Erlang/OTP',
  node: 'Node.js',
  debian: 'Debian',
};
