import type { Renaming } from './rename.ts';
import type { Setting } from './set.ts';

/**
 * An edit of one config file. `environment` is always the one within the file: null in `config/prod.exs`, which is
 * production as a whole, `prod` for the block of `config/runtime.exs` (`ConfigEntry.environment`).
 */
export type ConfigOperation =
  | ({ readonly kind: 'set-config'; readonly path: string } & Setting)
  | {
      readonly kind: 'remove-config';
      readonly path: string;
      readonly keyPath: readonly string[];
      readonly environment: string | null;
      /** Set where the last of several calls stays: only what that one overrides goes. */
      readonly overridden?: true;
    }
  | ({ readonly kind: 'rename-config'; readonly path: string } & Renaming)
  /** `use Mix.Config` becomes `import Config`. */
  | { readonly kind: 'import-config'; readonly path: string }
  /** A file for runtime configuration where there is none: its text before is empty. */
  | { readonly kind: 'create-runtime-config'; readonly path: string };
