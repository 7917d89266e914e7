import type { Editors } from '../edited.ts';
import { removeAlias, setAlias } from './edit-aliases.ts';
import { removeClause, renameModule, setClause } from './edit-clauses.ts';
import { addDep, removeDep, removeDepOption, replaceDep, setDepOption, setRequirement } from './edit-deps.ts';
import { removeKey, setKey } from './edit-keys.ts';
import type { MixOperation } from './operation.ts';

/**
 * Carries one operation out on the text of a `mix.exs`. What already is as wanted gives the same text. A place
 * that only running the file would tell is refused with its reason, and so is an edit that would not parse.
 */
export const mixEditors: Editors<MixOperation> = {
  'set-requirement': (text, operation) => setRequirement(text, operation.dep, operation.requirement),
  'set-dep-option': (text, operation) => setDepOption(text, operation.dep, operation.option, operation.value),
  'remove-dep-option': (text, operation) => removeDepOption(text, operation.dep, operation.option),
  'add-dep': (text, operation) => addDep(text, operation.text, operation.order),
  'replace-dep': (text, operation) => replaceDep(text, operation.text),
  'remove-dep': (text, operation) => removeDep(text, operation.dep),
  'set-mix-key': (text, operation) => setKey(text, operation.section, operation.keys, operation.value, operation.order),
  'remove-mix-key': (text, operation) => removeKey(text, operation.section, operation.keys),
  'set-alias': (text, operation) => setAlias(text, operation.alias, operation.value, operation.order),
  'remove-alias': (text, operation) => removeAlias(text, operation.alias),
  'set-clause': (text, operation) => setClause(text, operation.head, operation.body),
  'remove-clause': (text, operation) => removeClause(text, operation.head),
  'rename-mix-module': (text, operation) => renameModule(text, operation.name),
};
