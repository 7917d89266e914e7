import { isGeneratedFile } from '../../facts/generated-file.ts';
import type { FilesInput } from './input.ts';
import { declinedOutcome, type FileOutcome } from './outcome.ts';

/** Those of `--live` in 1.5 among them. */
const startPages = /(?:^|\/)(?:templates\/page\/|controllers\/page_html\/|live\/page_live)[^/]+$/;
const pages = /(?:^|\/)(?:templates\/page|controllers\/page_html)\/[^/]+$/;
const pageModule = /(?:^|\/)controllers\/page_html\.ex$/;
const layouts = /(?:^|\/)(?:templates\/layout|components\/layouts)\/[^/]+$/;
const pictures = /(?:^|\/)priv\/static\/(?:images\/[^/]+|favicon\.ico|robots\.txt)$/;

/**
 * Who has a start page of their own gets neither the generator's beside it nor its pictures, unless something that the
 * plan writes shows them; what it writes is not known without its text.
 */
export function withoutStartPage(outcomes: readonly FileOutcome[], input: FilesInput): FileOutcome[] {
  if (hasGenerated(startPages, input)) return [...outcomes];
  const maySkip = input.texts !== null && !hasGenerated(layouts, input);
  const isOpen = ({ status }: FileOutcome) => status === 'pending' || status === 'needs-source';
  const keepsPage = outcomes.some(
    (one) => pages.test(one.path) && one.place !== null && (isOpen(one) || one.status === 'conflict'),
  );
  return outcomes.map((outcome) => {
    const { path, place, touched } = outcome;
    if (!isOpen(outcome)) return outcome;
    const isPage = place === null && (pages.test(path) || (!keepsPage && pageModule.test(path)));
    const isPicture = maySkip && !touched && pictures.test(path) && !isShown(path, outcomes, input);
    return isPage || isPicture ? declinedOutcome(outcome, 'you have a start page of your own') : outcome;
  });
}

/** Whether the project has one of the generator's files as some version wrote it. */
function hasGenerated(pattern: RegExp, { history, project }: FilesInput): boolean {
  return project.tree.paths.some((path) => pattern.test(path) && isGeneratedFile(path, project, history));
}

/** Whether a file that the plan writes names a picture. */
function isShown(picture: string, outcomes: readonly FileOutcome[], { texts }: FilesInput): boolean {
  const name = picture.slice(picture.lastIndexOf('/') + 1);
  return outcomes.some(
    ({ path, status, touched }) =>
      status === 'pending' &&
      !touched &&
      !pages.test(path) &&
      (texts?.target.read(path)?.includes(`/${name}`) ?? false),
  );
}
