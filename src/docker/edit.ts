import type { Editors } from '../elixir/edited.ts';
import { putItem, removeItem } from './edit-item.ts';
import { replaceLine } from './edit-line.ts';
import { mergeStage } from './edit-merge-stage.ts';
import { moveItem, orderItems } from './edit-order.ts';
import { replaceRun } from './edit-run.ts';
import { setCommands } from './edit-script.ts';
import { splitStage } from './edit-split.ts';
import { nameStage, removeArg, setArg, setImage, setVersions } from './edit-stage.ts';
import { removeVariable } from './edit-variable.ts';
import { replaceWords } from './edit-words.ts';
import { addIgnored, removeIgnored } from './ignore.ts';
import { scriptWithoutMigration, startWithoutMigration } from './migrating.ts';
import type { DockerOperation } from './operation.ts';

/** Carries out an edit on the text of its file as it is then. Carried out twice it changes nothing more. */
export const dockerEditors: Editors<DockerOperation> = {
  'docker-set-arg': (text, operation) => setArg(text, operation.name, operation.value, operation.after),
  'docker-remove-arg': (text, operation) => removeArg(text, operation.name),
  'docker-set-image': (text, operation) => setImage(text, operation.stage, operation.image),
  'docker-name-stage': (text, operation) => nameStage(text, operation.stage, operation.name),
  'docker-put': (text, operation) => putItem(text, operation),
  'docker-remove': (text, operation) => removeItem(text, operation.stage, operation.key),
  'docker-order': (text, operation) => orderItems(text, operation.stage, operation.keys),
  'docker-move': (text, operation) => moveItem(text, operation.stage, operation.key, operation.behind),
  'docker-set-versions': (text, operation) => setVersions(text, operation.stage, operation.versions),
  'docker-split': (text, operation) => splitStage(text, operation.image, operation.app),
  'docker-merge-stage': (text, operation) => mergeStage(text, operation.stage, operation.command),
  'docker-start-without-migration': (text) => startWithoutMigration(text),
  'ignore-add': (text, operation) => addIgnored(text, operation.patterns),
  'ignore-remove': (text, operation) => removeIgnored(text, operation.patterns),
  'script-without-migration': (text) => scriptWithoutMigration(text),
  'command-words': (text, operation) => replaceWords(text, operation.words, operation.becomes),
  'variable-remove': (text, operation) => removeVariable(text, operation.name),
  'command-run': (text, operation) => replaceRun(text, operation.run, operation.becomes),
  'line-replace': (text, operation) => replaceLine(text, operation.line, operation.becomes),
  'script-commands': (text, operation) => setCommands(text, operation.commands),
};
