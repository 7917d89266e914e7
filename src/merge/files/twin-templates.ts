import type { FilesInput } from './input.ts';
import { declinedOutcome, type FileOutcome } from './outcome.ts';
import { templateName } from './template-name.ts';

/**
 * A template that the project has under another ending, `live.html.leex`, is the generator's `live.html.heex`, and becomes it
 * by being converted: a second one beside it would be a template of the same name. One that the plan itself takes away is none.
 */
export function withoutTwins(outcomes: readonly FileOutcome[], { project }: FilesInput): readonly FileOutcome[] {
  const leaving = new Set(
    outcomes.flatMap(({ place, status }) => (place !== null && status === 'pending' ? [place] : [])),
  );
  const twins = new Map<string, string>();
  for (const path of project.tree.paths) {
    const name = templateName(path);
    if (name !== null && !leaving.has(path)) twins.set(name, path);
  }
  return outcomes.map((outcome) => {
    const { path, place, status } = outcome;
    const isOpen = status !== 'done' && status !== 'declined';
    const twin = twins.get(templateName(path) ?? '');
    if (!isOpen || twin === undefined || twin === path || twin === place) return outcome;
    return declinedOutcome(outcome, `${twin} is your template of that name`);
  });
}
