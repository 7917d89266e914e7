import { compareVersions } from '../pristine/versions.ts';
import type { FileTree } from '../project/tree.ts';
import { codePaths } from './code-index.ts';
import type { GeneratedCode } from './find.ts';
import type { MergedFile } from './merge.ts';
import type { Stage } from './stages.ts';

/**
 * Whether a project can hold what a stage brings to its context at all, as far as that shows without any text: routes that are
 * verified and components since 1.7, layouts that are called since 1.8.
 */
export function canHold({ codes }: GeneratedCode, { design }: Stage, tree: FileTree): boolean {
  if (design === null) return true;
  const texts = ownTexts(tree);
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  const isWeb = codes.some(({ generator }) => generator.redesigns.includes('1.6.0'));
  const isSince = (version: string) => compareVersions(design, version) >= 0;
  return (
    (!isSince('1.7.0') || (has(/VerifiedRoutes/) && (!isWeb || has(/^ +def table\(/m)))) &&
    (!isSince('1.8.0') || !isWeb || texts.some(hasAppLayout))
  );
}

/** Components that Phoenix.LiveView brings, whatever a project has. */
const given =
  /^(?:async_result|dynamic_tag|focus_wrap|form|inputs_for|intersperse|link|live_component|live_file_input|live_img_preview|live_title|portal)$/;

/**
 * What the text that files get calls and neither they nor the project have: components, `<Layouts.app>`, and what the web
 * module hands out by `use`. As it is written where it is called.
 */
export function lackedBy(files: readonly MergedFile[], tree: FileTree): string[] {
  const texts = files.flatMap(({ operations }) =>
    operations.flatMap((one) => ('text' in one ? [one.text] : one.kind === 'merge-file' ? [one.target] : [])),
  );
  const own = ownTexts(tree);
  const embedded = files.map(({ path }) => /([a-z_]+)\.html\.heex$/.exec(path)?.[1]);
  const lacked = texts.flatMap((text) => [
    ...called(text, /<\.([a-z]\w*)/g).flatMap((name) =>
      given.test(name) || embedded.includes(name) || isDefined([...own, ...texts], name) ? [] : [`<.${name}>`],
    ),
    ...(text.includes('<Layouts.app') && !own.some(hasAppLayout) ? ['<Layouts.app>'] : []),
    ...called(text, /^ +use \w+Web, :(\w+)/gm).flatMap((name) =>
      own.some((one) => new RegExp(`^ +def ${name}\\b`, 'm').test(one)) ? [] : [`:${name}`],
    ),
    ...(text.includes('~p"') && !own.some((one) => one.includes('VerifiedRoutes')) ? ['~p'] : []),
  ]);
  return [...new Set(lacked)].sort();
}

function ownTexts(tree: FileTree): string[] {
  return codePaths(tree)
    .filter((path) => path.endsWith('.ex'))
    .map((path) => tree.read(path) ?? '');
}

function called(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

function isDefined(texts: readonly string[], name: string): boolean {
  return texts.some((text) => new RegExp(`^ +defp? ${name}\\(`, 'm').test(text));
}

/** A layout that is called with what it holds, as it is since 1.8; before that one of the same name was a template. */
function hasAppLayout(text: string): boolean {
  return /^defmodule [\w.]*Layouts do/m.test(text) && /^ +def app\(/m.test(text) && text.includes('inner_block');
}
