import type { MixSection } from './model.ts';

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
