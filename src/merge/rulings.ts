import { compareFacts } from './compare-facts.ts';
import type { Comparison } from './comparison.ts';
import { setByCalledFunction } from './config/called-config.ts';
import { pairedDevRoutes } from './config/dev-routes.ts';
import { keepFallbacks } from './config/fallbacks.ts';
import { keepNamespace } from './config/namespace.ts';
import { saidByOtherMeans } from './config/own-means.ts';
import { consistentUrl } from './config/public-url.ts';
import { keepPatterns } from './config/reload-patterns.ts';
import { renamed } from './config/renamed.ts';
import { replacesOtherShape } from './config/replaces-other-shape.ts';
import { keptPorts, replacedPorts } from './config/runtime-port.ts';
import { movedBetweenScopes } from './config/scope-move.ts';
import { setInOtherScope } from './config/set-in-other-scope.ts';
import { declinedWithParents } from './declined-parents.ts';
import { elixirAsBuilt } from './deps/elixir.ts';
import { heldDeps } from './deps/held-deps.ts';
import { listedElsewhere } from './deps/listed-elsewhere.ts';
import { ownMailClient } from './deps/mail-client.ts';
import { ownParts } from './deps/own-parts.ts';
import { keepUsed } from './deps/used.ts';
import { keepWebServer } from './deps/web-server.ts';
import { keepEntries } from './endpoint/kept-entries.ts';
import { keepReadKeys } from './endpoint/read-keys.ts';
import { movedStaticPaths } from './endpoint/static-paths.ts';
import { withoutMixBundlers } from './files/own-bundler.ts';
import { withoutDaisyUi } from './files/own-styles.ts';
import type { FileRulingContext, Pass, RulingContext } from './pass.ts';
import { withoutMissingTasks } from './release/missing-tasks.ts';
import { carriedPubSubOptions } from './supervision/pubsub-options.ts';
import { startedElsewhere } from './supervision/started-elsewhere.ts';
import { keepRouteHelpers } from './web/route-helpers.ts';
import { keepScopes } from './web/scopes.ts';
import { keepViewFormats } from './web/view-formats.ts';

/**
 * All that is ruled on once each address has been compared by itself, in this order: first where a value really stands,
 * then what its surroundings say about it, then what the project still uses, last what must agree with its neighbours.
 */
const rulings: readonly Pass[] = [
  // A value under the key's former name is that key's value, so look there before calling the key missing.
  renamed,
  // A customized value moves with its key from build time to run time, rather than being left behind.
  movedBetweenScopes,
  // A RUN line for a mix task that the project does not have would break the image.
  withoutMissingTasks,
  // A key that is set in another scope with the same effect is not added again.
  setInOtherScope,
  // What the app says by parts, by a call, in init/2 or in an extra of the cookie is said.
  saidByOtherMeans,
  // What a function called by runtime.exs sets is said, and comes last.
  setByCalledFunction,
  // A child in an own supervisor is there, too.
  startedElsewhere,
  // The options of a PubSub go along to where it is started now.
  carriedPubSubOptions,
  // A dep that another app of an umbrella lists is at hand. After startedElsewhere: who starts something lists it.
  listedElsewhere,
  // Who clusters or mails by other means needs no second ones.
  ownParts,
  // Who bundles assets by other means gets no second bundler.
  withoutMixBundlers,
  // Styles of one's own for Tailwind 4 use no daisyUI.
  withoutDaisyUi,
  // Mail that needs no HTTP client gets none.
  ownMailClient,
  // Whoever removed a dep, plug or configured app does not want its new options.
  declinedWithParents,
  // A key cannot be set below a value of another shape: that value is removed first.
  replacesOtherShape,
  // Nothing that builds the app may be older than what mix.exs asks for.
  elixirAsBuilt,
  // A checkout, an override or a stale lock says more about a dep than its requirement does.
  heldDeps,
  // Sockets with channels, and entries with customized options, are still needed.
  keepEntries,
  // What the endpoint's own init/2 reads from its config is still needed there.
  keepReadKeys,
  // A namespace that does not follow from the app's name is how Phoenix finds the modules.
  keepNamespace,
  // A scope with routes of the user's own is theirs.
  keepScopes,
  // A dep or child that the project's code names stays.
  keepUsed,
  // An app that keeps Cowboy does not need Bandit beside it. After keepUsed, which may be what keeps it.
  keepWebServer,
  // Code that calls route helpers would not compile without them.
  keepRouteHelpers,
  // Controllers find the views that an app keeps.
  keepViewFormats,
  // Live reload goes on watching directories that the project still has.
  keepPatterns,
  // The endpoint calls the function that lists static paths: change both or neither.
  movedStaticPaths,
  // A URL's scheme without its port is a URL that nobody meant.
  consistentUrl,
  // The port of production goes only once one for all environments takes its place.
  replacedPorts,
  // runtime.exs is read last: tests need their own port beside one for all environments.
  keptPorts,
  // A value for all environments goes only once each of them has its own.
  keepFallbacks,
];

/** Rulings that depend on what becomes of files. */
export const fileRulings: readonly Pass<FileRulingContext>[] = [
  // The switch of development routes is of use only where some route depends on it.
  pairedDevRoutes,
];

/** Every fact of the generator's, ruled on by itself and then by all `rulings`. */
export function ruledFacts(context: RulingContext): readonly Comparison[] {
  return passed(compareFacts(context), rulings, context);
}

/** Comparisons after each of some passes. */
export function passed<Context>(
  comparisons: readonly Comparison[],
  passes: readonly Pass<Context>[],
  context: Context,
): readonly Comparison[] {
  return passes.reduce((all, pass) => pass(all, context), comparisons);
}
