import { withAddressesFollowed } from './asset-addresses.ts';
import { withBuildPath } from './build-path.ts';
import { withBundlerMoved } from './bundler-moves.ts';
import { settledMoves } from './config-moves.ts';
import { withReadersNamed } from './config-readers.ts';
import { withBreakingDeps } from './deps/breaking.ts';
import { withDepCommands } from './deps/commands.ts';
import { withResolvableDeps } from './deps/resolvable.ts';
import { withServerOptions } from './deps/server-options.ts';
import type { Draft } from './draft.ts';
import type { DraftContext, DraftPass } from './draft-pass.ts';
import { withDockerfileKept } from './first-dockerfile.ts';
import { withoutIgnored } from './ignore.ts';
import { withoutRenamesOfLeaving } from './leaving-files.ts';
import { withNeedShown } from './need.ts';
import { withElixirNeeded } from './old-elixir.ts';
import { withStandsHeld } from './stands.ts';

/** All that happens to drafts between being grouped by topic and being ordered, in this order. */
const draftPasses: readonly DraftPass[] = [
  // What the user ignores must not decide on what other drafts do.
  withoutIgnored,
  // Pages ask for what another bundler writes only where it comes.
  withBundlerMoved,
  // With what cannot be carried over left behind, nothing of the step is made.
  withStandsHeld,
  // Hooks bring what their import needs.
  withBuildPath,
  // A page asks for what is written elsewhere now.
  withAddressesFollowed,
  // What goes gets no new name before.
  withoutRenamesOfLeaving,
  // What the app gets along without, on this target and with what it has locked, is not required.
  withNeedShown,
  // What is written for the next version of a dep comes along with it.
  withBreakingDeps,
  // A step that needs a newer Elixir than the project's is not safe.
  withElixirNeeded,
  // Who reads what leaves the configuration has to be told.
  withReadersNamed,
  // A server that refuses its options does not start.
  withServerOptions,
  // Versions that a step asks for have to resolve with all that is asked for beside it.
  withResolvableDeps,
  // Which packages have to move is known once it is known what comes before a step.
  withDepCommands,
  // A first Dockerfile is written for the aliases of that moment: whoever brings one later brings the file up to it.
  withDockerfileKept,
  // Several drafts may move the same config key: one move for each place. Last, because it looks at all operations.
  settledMoves,
];

/** Drafts after all `draftPasses`. */
export function passedDrafts(drafts: readonly Draft[], context: DraftContext): readonly Draft[] {
  return draftPasses.reduce((all, pass) => pass(all, context), drafts);
}
