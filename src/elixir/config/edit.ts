import { type Editors, performer } from '../edited.ts';
import { withCommentsKept } from './carried-comments.ts';
import { withImportConfig, withRuntimeStart } from './header.ts';
import type { ConfigOperation } from './operation.ts';
import { withoutKey, withoutOverridden } from './remove.ts';
import { withRenaming } from './rename.ts';
import { withSetting } from './set.ts';

/**
 * Carries an operation out on the text of its file. Twice is once. Refuses, with a reason, where the place is computed
 * or belongs to other environments as well.
 */
export const configEditors: Editors<ConfigOperation> = {
  'set-config': (text, operation) => withSetting(text, operation),
  'remove-config': (text, { keyPath, environment, overridden }) =>
    overridden
      ? withoutOverridden(text, keyPath, environment)
      : withCommentsKept(text, withoutKey(text, keyPath, environment), keyPath),
  'rename-config': (text, operation) => withRenaming(text, operation),
  'import-config': (text) => withImportConfig(text),
  'create-runtime-config': (text) => withRuntimeStart(text),
};

/** Carries out one of them. */
export const performConfig = performer(configEditors);
