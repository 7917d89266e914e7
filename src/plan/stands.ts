import { type Draft, operationsOf } from './draft.ts';
import { heldDraft } from './held.ts';

const note = 'some of it cannot be carried over';

/** Leaves a step to a person as a whole where something stands against it, the places in front. The bundler's has a pass of its own. */
export function withStandsHeld(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft) => {
    const stands = draft.id === 'esbuild' ? [] : (draft.stands ?? []);
    if (stands.length === 0 || operationsOf(draft).length > 0) return draft;
    const places = stands.map(({ path, line, message }) => ({ path, line, message }));
    const said = new Set(places.map((place) => JSON.stringify(place)));
    const findings = draft.findings.filter(
      ({ path, line, message }) => !said.has(JSON.stringify({ path, line, message })),
    );
    return heldDraft({ ...draft, findings }, places, note);
  });
}
