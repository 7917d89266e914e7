import { edited, withChanges } from '../elixir/edited.ts';
import { parse } from '../elixir/parse.ts';
import { dialectOf } from '../templates/placed.ts';
import { readTemplate } from '../templates/tree.ts';
import { rewriteCompileEnv } from './compile-env.ts';
import { rewriteComponentImports, rewriteComponentScope } from './component-imports.ts';
import { rewriteConfigEnv } from './config-env.ts';
import { rewriteCsrfToken } from './csrf-token.ts';
import { rewriteFlash } from './flash.ts';
import { rewriteForms } from './forms.ts';
import { rewriteGettext } from './gettext.ts';
import { rewriteHeex } from './heex/rewrite.ts';
import { rewriteHtmlHelpers } from './html-helpers.ts';
import { rewriteLayoutNames } from './layout-names.ts';
import { rewriteLet } from './let.ts';
import { rewriteLinks } from './links.ts';
import { rewriteLiveComponents } from './live-component.ts';
import { rewriteLiveTitle } from './live-title.ts';
import { rewriteLogger } from './logger.ts';
import { remembered } from './memory.ts';
import { rewriteNavigation } from './navigation.ts';
import type { RewriteTask } from './operation.ts';
import { changesOf, isLeft, type Place, type RewriteFile, type RewriteResult } from './place.ts';
import { rewriteRenderNames } from './render-names.ts';
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
    case 'let':
      return rewriteLet(file);
    case 'navigation':
      return rewriteNavigation(file);
    case 'config-env':
      return rewriteConfigEnv(file);
    case 'component-imports':
      return rewriteComponentImports(file);
    case 'component-scope':
      return rewriteComponentScope(file, task);
    case 'csrf-token':
      return rewriteCsrfToken(file);
    case 'compile-env':
      return rewriteCompileEnv(file, task.keys);
    case 'logger':
      return rewriteLogger(file);
    case 'heex':
      return rewriteHeex(file, task);
    case 'gettext':
      return rewriteGettext(file, task.backends);
    case 'forms':
      return rewriteForms(file, task);
    case 'render-names':
      return rewriteRenderNames(file, task);
    case 'links':
      return rewriteLinks(file, task);
    case 'live-title':
      return rewriteLiveTitle(file, task);
    case 'verified-routes':
      return rewriteRoutes(file, task);
    default:
      return task satisfies never;
  }
}

/** What carrying a task out in a file comes to. */
export interface RewriteOutcome {
  readonly text: string;
  readonly places: readonly Place[];
}

/** Carries a task out in a file. The result is read again: a file that would no longer parse or balance stays as it is. */
export function performRewrite(file: RewriteFile, task: RewriteTask): RewriteOutcome {
  return remembered(file, task, (reading) => outcomeOf(reading, task));
}

function outcomeOf(file: RewriteFile, task: RewriteTask): RewriteOutcome {
  const { places, besides } = rewriteResult(file, task);
  if (task.name === 'verified-routes' && !givesVerifiedRoutes(task, file.read))
    return { text: file.text, places: allLeft(places, `${task.web.module} gives its users no ~p`) };
  const changes = [...changesOf(places), ...besides];
  const text = withChanges(file.text, changes);
  if (!isSound(file, text, task))
    return { text: file.text, places: allLeft(places, 'the result would not be well formed') };
  if (task.name !== 'verified-routes' || dialectOf(file.path, true) !== null) return { text, places };
  const scoped = edited(text, scopeChanges({ ...file, text }, task));
  return scoped.ok ? { text: scoped.text, places } : { text: file.text, places: allLeft(places, scoped.reason) };
}

/** Whether a text parses or balances as well as the file did. */
function isSound({ path, text: before }: RewriteFile, after: string, { name }: RewriteTask): boolean {
  if (after === before) return true;
  const dialect = dialectOf(path, true);
  if (dialect === null) return parse(after).problems.length <= parse(before).problems.length;
  // A value in braces may hold what ends a tag of EEx.
  const then = name === 'heex' ? { heex: true, bodyBraces: true } : dialect;
  return readTemplate(after, then).imbalances.length <= readTemplate(before, dialect).imbalances.length;
}

function allLeft(places: readonly Place[], reason: string): Place[] {
  return places.map((place) => (isLeft(place) ? place : { at: place.at, reason }));
}
