import type { Edited } from '../edited.ts';
import { withImportConfig, withRuntimeStart } from './header.ts';
import { withoutKey } from './remove.ts';
import { type Renaming, withRenaming } from './rename.ts';
import { type Setting, withSetting } from './set.ts';

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
    }
  | ({ readonly kind: 'rename-config'; readonly path: string } & Renaming)
  /** `use Mix.Config` becomes `import Config`. */
  | { readonly kind: 'import-config'; readonly path: string }
  /** A file for runtime configuration where there is none: its text before is empty. */
  | { readonly kind: 'create-runtime-config'; readonly path: string };

/**
 * Carries an operation out on the text of its file. Twice is once. Refuses, with a reason, where the place is computed
 * or belongs to other environments as well.
 */
export function performConfig(text: string, operation: ConfigOperation): Edited {
  switch (operation.kind) {
    case 'set-config':
      return withSetting(text, operation);
    case 'remove-config':
      return withoutKey(text, operation.keyPath, operation.environment);
    case 'rename-config':
      return withRenaming(text, operation);
    case 'import-config':
      return withImportConfig(text);
    case 'create-runtime-config':
      return withRuntimeStart(text);
  }
}
