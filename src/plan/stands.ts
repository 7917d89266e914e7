import { type Draft, operationsOf } from './draft.ts';
import { heldByStands } from './held.ts';

const note = 'some of it cannot be carried over';

/** Leaves a step to a person as a whole where something stands against it, the places in front. The bundler's has a pass of its own. */
export function withStandsHeld(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft) => {
    const stands = draft.id === 'esbuild' ? [] : (draft.stands ?? []);
    return stands.length === 0 || operationsOf(draft).length > 0 ? draft : heldByStands(draft, stands, note);
  });
}
