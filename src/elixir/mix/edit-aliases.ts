import { keyText, sameValue } from '../canonical.ts';
import { type Edited, refused } from '../edited.ts';
import { removeFromList, setInList, setKey } from './edit-keys.ts';
import { addFunction, keywordFunction } from './functions.ts';
import { gather } from './lists.ts';
import { clausesNamed, type MixText, noProject, openMix, returned } from './place.ts';
import { readMixfile } from './read.ts';
import type { Scoped } from './scope.ts';

/** Where the target has `aliases` among the keys of `project/0`. */
const projectOrder = ['start_permanent', 'aliases', 'deps'];

/** Sets an alias task by task; `aliases/0` and its key in `project/0` are made where they are missing. */
export function setAlias(text: string, alias: string, value: string, order: readonly string[]): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const present = readMixfile(mix.source).aliases.filter((one) => one.name === alias);
  const [only, ...more] = present;
  if (more.length > 0) return refused(`${alias} is set ${present.length} times`);
  // One task alone means a list of it: the spelling stays as long as the meaning does.
  if (only && sameValue(only.display, value)) return { ok: true, text };
  const list = aliasesOf(mix);
  if (list) return setInList(mix, list, [alias], value, order);
  return introduced(mix, alias, value);
}

/** Takes an alias out. */
export function removeAlias(text: string, alias: string): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const list = aliasesOf(mix);
  return list ? removeFromList(mix, list, [alias]) : { ok: true, text };
}

function aliasesOf(mix: MixText): Scoped | null {
  const project = returned(mix, 'project');
  const entry = project && gather(project).elements.find(({ expr }) => expr.kind === 'pair' && expr.name === 'aliases');
  return entry?.expr.kind === 'pair' ? { expr: entry.expr.value, scope: entry.scope } : null;
}

/** `aliases: aliases()` in `project/0`, then the function, then the alias. */
function introduced(mix: MixText, alias: string, value: string): Edited {
  const { text } = mix.source;
  if (clausesNamed(mix, 'aliases').length > 0) {
    const keyed = setKey(text, 'project', ['aliases'], 'aliases()', projectOrder);
    return keyed.ok ? setAlias(keyed.text, alias, value, []) : keyed;
  }
  const made = addFunction(
    mix,
    ['deps', 'elixirc_paths'],
    keywordFunction('defp aliases', [`${keyText(alias)} ${value}`]),
  );
  return made.ok ? setKey(made.text, 'project', ['aliases'], 'aliases()', projectOrder) : made;
}
