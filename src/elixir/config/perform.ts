import type { Edited } from '../edited.ts';
import { withImportConfig, withRuntimeStart } from './header.ts';
import type { ConfigOperation } from './operation.ts';
import { withoutKey } from './remove.ts';
import { withRenaming } from './rename.ts';
import { withSetting } from './set.ts';

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
