import type { Edited } from '../elixir/edited.ts';
import { putItem, removeItem } from './edit-item.ts';
import { moveItem, orderItems } from './edit-order.ts';
import { setCommands } from './edit-script.ts';
import { splitStage } from './edit-split.ts';
import { nameStage, removeArg, setArg, setImage, setVersions } from './edit-stage.ts';
import { setTomlKey } from './fly.ts';
import { addIgnored, removeIgnored } from './ignore.ts';
import { scriptWithoutMigration, startWithoutMigration } from './migrating.ts';
import type { DeployOperation } from './operation.ts';
import { setFunction } from './release-module.ts';

/** Carries out an edit on the text of its file as it is then. Carried out twice it changes nothing more. */
export function performDocker(text: string, operation: DeployOperation): Edited {
  switch (operation.kind) {
    case 'docker-set-arg':
      return setArg(text, operation.name, operation.value, operation.after);
    case 'docker-remove-arg':
      return removeArg(text, operation.name);
    case 'docker-set-image':
      return setImage(text, operation.stage, operation.image);
    case 'docker-name-stage':
      return nameStage(text, operation.stage, operation.name);
    case 'docker-put':
      return putItem(text, operation);
    case 'docker-remove':
      return removeItem(text, operation.stage, operation.key);
    case 'docker-order':
      return orderItems(text, operation.stage, operation.keys);
    case 'docker-move':
      return moveItem(text, operation.stage, operation.key, operation.behind);
    case 'docker-set-versions':
      return setVersions(text, operation.stage, operation.versions);
    case 'docker-split':
      return splitStage(text, operation.image, operation.app);
    case 'docker-start-without-migration':
      return startWithoutMigration(text);
    case 'ignore-add':
      return addIgnored(text, operation.patterns);
    case 'ignore-remove':
      return removeIgnored(text, operation.patterns);
    case 'fly-set':
      return setTomlKey(text, operation.table, operation.key, operation.value);
    case 'script-without-migration':
      return scriptWithoutMigration(text);
    case 'script-commands':
      return setCommands(text, operation.commands);
    case 'set-function':
      return setFunction(text, operation.function, operation.body);
  }
}
