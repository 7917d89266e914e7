import type { BreakingVersion, Need } from '../../topics/topic.ts';
import type { Finding } from '../finding.ts';

/** A file of the project that may hold code: Elixir or a template. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
}

/** Something in the project's own code that an upgrade breaks or deprecates, and the topic it belongs to. */
export interface CodeFinding {
  readonly topic: string;
  /** Where it matters more, or less, than the topic's other changes. */
  readonly need?: Need | undefined;
  readonly finding: Finding;
  /** What breaks the line, where that is a version of a package. */
  readonly breaksFrom?: BreakingVersion;
}

/** Templates that EEx, HEEx or the old LiveView engine compiles. */
export function isTemplate(path: string): boolean {
  return /\.(?:eex|heex|leex)$/.test(path);
}

/** Elixir sources and scripts. */
export function isElixir(path: string): boolean {
  return /\.exs?$/.test(path);
}
