import { type Edited, edited, refused, type TextChange } from '../elixir/edited.ts';
import { dialectOf } from '../templates/placed.ts';
import { readTemplate } from '../templates/tree.ts';
import { rewriteConfigEnv } from './config-env.ts';
import { rewriteFlash } from './flash.ts';
import { rewriteGettext } from './gettext.ts';
import { rewriteHtmlHelpers } from './html-helpers.ts';
import { rewriteLayoutNames } from './layout-names.ts';
import { rewriteLiveComponents } from './live-component.ts';
import { rewriteNavigation } from './navigation.ts';
import type { RewriteTask } from './operation.ts';
import type { RewriteFile, RewriteResult } from './place.ts';
import { rewriteRoutes } from './routes/rewrite.ts';
import { givesVerifiedRoutes, scopeChanges } from './routes/scope.ts';

/** What a task comes to in a file, without carrying it out. */
export function rewriteResult(file: RewriteFile, task: RewriteTask): RewriteResult {
  switch (task.name) {
    case 'flash':
      return rewriteFlash(file);
    case 'layout-names':
      return rewriteLayoutNames(file);
    case 'html-helpers':
      return rewriteHtmlHelpers(file);
    case 'live-components':
      return rewriteLiveComponents(file);
    case 'navigation':
      return rewriteNavigation(file);
    case 'config-env':
      return rewriteConfigEnv(file);
    case 'gettext':
      return rewriteGettext(file, task.backends);
    case 'verified-routes':
      return rewriteRoutes(file, task);
    default:
      return task satisfies never;
  }
}

/** Carries a task out in a file. The result is read again: what parsed and balanced before does so afterwards. */
export function performRewrite(file: RewriteFile, task: RewriteTask): Edited {
  if (task.name === 'verified-routes' && !givesVerifiedRoutes(task, file.read)) return { ok: true, text: file.text };
  const { places, besides } = rewriteResult(file, task);
  const changes = [...places.flatMap((place) => ('changes' in place ? place.changes : [])), ...besides];
  if (changes.length === 0 && task.name !== 'verified-routes') return { ok: true, text: file.text };
  const dialect = dialectOf(file.path, true);
  if (dialect === null) return scoped(file, edited(file.text, changes), task);
  const text = changed(file.text, changes);
  const before = readTemplate(file.text, dialect).imbalances.length;
  return readTemplate(text, dialect).imbalances.length > before
    ? refused('the result would not balance')
    : { ok: true, text };
}

/** What the new code of a module needs to be in scope, and what it no longer needs. */
function scoped(file: RewriteFile, result: Edited, task: RewriteTask): Edited {
  if (!result.ok || task.name !== 'verified-routes') return result;
  return edited(result.text, scopeChanges({ ...file, text: result.text }, task));
}

/** Applies changes that do not overlap. */
function changed(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((result, { start, end, text: own }) => result.slice(0, start) + own + result.slice(end), text);
}
