/** A process that kills itself at a write point. Arguments: root, operation, point, with or without commits. */
import { applyChanges } from '../../../src/apply/apply.ts';
import { localMachine } from '../../../src/apply/local-machine.ts';
import { abort, resume, undo } from '../../../src/apply/recover.ts';
import { mortal } from './mortal.ts';
import { contextOf, plain, shopSteps, shopTitles } from './shop.ts';

const [root = '', operation = '', point = '0', commits = ''] = process.argv.slice(2);
const { machine, points } = mortal(localMachine(), Number(point), () => process.kill(process.pid, 'SIGKILL'));
const context = contextOf(root, machine);
const commit = commits === 'commits' ? { steps: shopTitles, branch: null, verify: true } : null;

if (operation === 'apply') await applyChanges(context, shopSteps(), { ...plain, commit });
if (operation === 'undo') await undo(context, { force: false });
if (operation === 'resume') await resume(context);
if (operation === 'abort') await abort(context, { force: false });
process.stdout.write(`${points()}`);
