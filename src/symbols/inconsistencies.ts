import { ambiguousCalls } from './ambiguous-calls.ts';
import { brokenReferences } from './broken-references.ts';
import { duplicates } from './duplicates.ts';
import { idleQuotes } from './idle-quotes.ts';
import { leftForms } from './left-forms.ts';
import { lostAssets } from './lost-assets.ts';
import { lostCommands } from './lost-commands.ts';
import { lostDeps } from './lost-deps.ts';
import { lostOutputs } from './lost-outputs.ts';
import { lostSettings } from './lost-settings.ts';
import { lostTests } from './lost-tests.ts';
import { nestedPages } from './nested-pages.ts';
import { newerModules } from './newer-modules.ts';
import type { Inconsistency, Transition } from './transition.ts';
import { unbuiltStyles } from './unbuilt-styles.ts';
import { usedTwice } from './used-twice.ts';

/** All that is looked at when a project changes. */
const checks: readonly ((transition: Transition) => readonly Inconsistency[])[] = [
  // A name that nothing defines any more, or that nothing ever defined.
  brokenReferences,
  // A definition that has become two.
  duplicates,
  // A layout that is a whole page, within a root layout.
  nestedPages,
  // A call that may now mean two definitions.
  ambiguousCalls,
  // What a package defines by `use`, come twice.
  usedTwice,
  // A definition that came without anything that takes it in.
  idleQuotes,
  // A test that goes while its code stays.
  lostTests,
  // A dep whose modules are still called.
  lostDeps,
  // A module of a dep whose versions are all older.
  newerModules,
  // A way of writing that the new versions of a dep no longer read.
  leftForms,
  // Settings of a dep that goes.
  lostSettings,
  // An import of a script or style sheet that loses its file.
  lostAssets,
  // A page that asks for what the bundler writes elsewhere.
  lostOutputs,
  // A style sheet that no bundler reaches any more.
  unbuiltStyles,
  // A command of a script, an image or a workflow whose task or file goes.
  lostCommands,
];

/**
 * What held together before a change and does not after it. Only what is certain: a name that a macro out of sight may
 * bring is neither missing nor there, and what was wrong before is nobody's news.
 */
export function newInconsistencies(transition: Transition): Inconsistency[] {
  return checks.flatMap((check) => check(transition)).filter(({ path }) => !isIdle(path));
}

/** A script among the tests that `mix test` does not run by its name, such as one put aside. */
function isIdle(path: string): boolean {
  return /(?:^|\/)test\/.*\.exs$/.test(path) && !/(?:_test|test_helper)\.exs$/.test(path);
}
