import { changedText } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';
import { readDockerfile } from './read.ts';

/** Applies changes to a Dockerfile; refused where the result has lost or won a stage. */
export function changedDockerfile(text: string, changes: readonly TextChange[], stagesMore = 0): Edited {
  const result = changedText(text, changes);
  const before = readDockerfile(text).stages.length;
  return readDockerfile(result).stages.length === before + stagesMore
    ? { ok: true, text: result }
    : refused('the result would not have the same stages');
}
