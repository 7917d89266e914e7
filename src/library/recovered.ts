import type { ApplyContext } from '../apply/machine.ts';
import { pending } from '../apply/pending.ts';
import { abort, resume } from '../apply/recover.ts';
import { rememberedOf, takenBack } from './memory.ts';
import type { UndoOutcome } from './outcome.ts';

/**
 * Ends an apply or undo that was stopped halfway: finishes it, or puts the files back as they were before. The upgrade remembers what
 * became of it. Throws what `resume` and `abort` throw.
 */
export async function recovered(context: ApplyContext, how: 'finish' | 'take-back'): Promise<UndoOutcome> {
  const unfinished = await pending(context);
  const result = how === 'finish' ? await resume(context) : await abort(context, { force: false });
  const isTakenBack = (unfinished?.operation === 'undo') === (how === 'finish');
  // A repository may hold several projects: it is the memory of the one that the apply was in.
  if (isTakenBack) await takenBack(await rememberedOf(unfinished?.root ?? context.root, context.cache));
  return result;
}
