import type { Edited } from '../edited.ts';
import { removeAlias, setAlias } from './edit-aliases.ts';
import { removeClause, renameModule, setClause } from './edit-clauses.ts';
import { addDep, removeDep, removeDepOption, replaceDep, setDepOption, setRequirement } from './edit-deps.ts';
import { removeKey, setKey } from './edit-keys.ts';
import type { MixOperation } from './operation.ts';

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
