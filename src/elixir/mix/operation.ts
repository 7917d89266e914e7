import type { Edited } from '../edited.ts';
import { removeAlias, setAlias } from './edit-aliases.ts';
import { removeClause, renameModule, setClause } from './edit-clauses.ts';
import { addDep, removeDep, removeDepOption, replaceDep, setDepOption, setRequirement } from './edit-deps.ts';
import { removeKey, setKey } from './edit-keys.ts';
import type { MixSection } from './mixfile.ts';

/**
 * Edits of a `mix.exs` as plain data. `value`, `text` and `body` are Elixir texts as `display` writes them. `order`
 * lists the target's names (deps, keys at the same depth, aliases) in their order: what is new goes behind the
 * nearest before it that is present, else before the nearest behind it, else to the end.
 */
export type MixOperation =
  | {
      readonly kind: 'set-requirement';
      readonly path: string;
      readonly dep: string;
      /** Without quotes: `~> 1.8.0`. */
      readonly requirement: string;
    }
  | {
      readonly kind: 'set-dep-option';
      readonly path: string;
      readonly dep: string;
      readonly option: string;
      readonly value: string;
    }
  | { readonly kind: 'remove-dep-option'; readonly path: string; readonly dep: string; readonly option: string }
  | {
      readonly kind: 'add-dep';
      readonly path: string;
      /** The whole tuple: `{:req, "~> 0.5"}`. */
      readonly text: string;
      readonly order: readonly string[];
    }
  | {
      /** For a dep that comes from elsewhere now: from git instead of Hex. Its place stays, its options do not. */
      readonly kind: 'replace-dep';
      readonly path: string;
      readonly text: string;
    }
  | { readonly kind: 'remove-dep'; readonly path: string; readonly dep: string }
  | {
      readonly kind: 'set-mix-key';
      readonly path: string;
      readonly section: MixSection;
      /** `['preferred_envs', 'precommit']` */
      readonly keys: readonly string[];
      readonly value: string;
      /** The target's names for the first of `keys` that is not there yet. */
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'remove-mix-key';
      readonly path: string;
      readonly section: MixSection;
      readonly keys: readonly string[];
    }
  | {
      readonly kind: 'set-alias';
      readonly path: string;
      readonly alias: string;
      /** The list of tasks: `["compile", "esbuild shop"]`. */
      readonly value: string;
      readonly order: readonly string[];
    }
  | { readonly kind: 'remove-alias'; readonly path: string; readonly alias: string }
  | {
      readonly kind: 'set-clause';
      readonly path: string;
      /** `elixirc_paths(:test)` */
      readonly head: string;
      readonly body: string;
    }
  | { readonly kind: 'remove-clause'; readonly path: string; readonly head: string }
  | { readonly kind: 'rename-mix-module'; readonly path: string; readonly name: string };

/**
 * Carries one operation out on the text of a `mix.exs`. What already is as wanted gives the same text. A place
 * that only running the file would tell is refused with its reason, and so is an edit that would not parse.
 */
export function performMix(text: string, operation: MixOperation): Edited {
  switch (operation.kind) {
    case 'set-requirement':
      return setRequirement(text, operation.dep, operation.requirement);
    case 'set-dep-option':
      return setDepOption(text, operation.dep, operation.option, operation.value);
    case 'remove-dep-option':
      return removeDepOption(text, operation.dep, operation.option);
    case 'add-dep':
      return addDep(text, operation.text, operation.order);
    case 'replace-dep':
      return replaceDep(text, operation.text);
    case 'remove-dep':
      return removeDep(text, operation.dep);
    case 'set-mix-key':
      return setKey(text, operation.section, operation.keys, operation.value, operation.order);
    case 'remove-mix-key':
      return removeKey(text, operation.section, operation.keys);
    case 'set-alias':
      return setAlias(text, operation.alias, operation.value, operation.order);
    case 'remove-alias':
      return removeAlias(text, operation.alias);
    case 'set-clause':
      return setClause(text, operation.head, operation.body);
    case 'remove-clause':
      return removeClause(text, operation.head);
    case 'rename-mix-module':
      return renameModule(text, operation.name);
  }
}
