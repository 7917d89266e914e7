import { addressOf, fileAddress } from '../../facts/address.ts';
import { isGeneratedFile } from '../../facts/generated-file.ts';
import type { History } from '../../facts/history.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';
import type { FilesInput, ProjectFiles } from './input.ts';
import { declinedOutcome, type FileOutcome } from './outcome.ts';

const sheet = /(?:^|\/)assets\/css\/app\.css$/;
/** Plugins that the generator's style sheet names, vendored beside it. */
const plugins = /(?:^|\/)assets\/vendor\/(?:daisyui|daisyui-theme|heroicons)\.js$/;
const note = 'you have style sheets of your own for Tailwind CSS 4';

/**
 * Who moved to Tailwind 4 before the generator did, and without daisyUI, has styles of their own: neither the generator's style
 * sheet nor the plugins that it alone names are offered.
 */
export function withoutGeneratorStyles(outcomes: readonly FileOutcome[], input: FilesInput): FileOutcome[] {
  const { project, history, from } = input;
  if (!hasOwnStyles(project, history, from)) return [...outcomes];
  return outcomes.map((outcome) => {
    const isOpen = outcome.status !== 'done' && outcome.status !== 'declined';
    const isPlugin = plugins.test(outcome.path) && outcome.place === null;
    return isOpen && (isPlugin || sheet.test(outcome.path)) ? declinedOutcome(outcome, note) : outcome;
  });
}

/** The same for daisyUI as a dep. */
export function withoutDaisyUi(
  comparisons: readonly Comparison[],
  { project, history, span }: Pick<RulingContext, 'project' | 'history' | 'span'>,
): readonly Comparison[] {
  const isNew = ({ address, outcome, yours }: Comparison) =>
    outcome === 'pending' && yours === null && address.area === 'deps' && address.path[0] === 'daisyui';
  if (!comparisons.some(isNew) || !hasOwnStyles(project, history, history.versions[span.from] ?? ''))
    return comparisons;
  return comparisons.map((comparison) =>
    isNew(comparison) ? { ...comparison, outcome: 'declined', note } : comparison,
  );
}

function hasOwnStyles(project: ProjectFiles, history: History, from: string): boolean {
  const generated = [fileAddress('assets/vendor/daisyui.js'), addressOf('deps', null, ['daisyui'])];
  if (generated.some((address) => history.valueAt(address, from) !== undefined)) return false;
  const { tree } = project;
  const sheets = tree.paths.filter(
    (path) => /(?:^|\/)assets\/.*\.css$/.test(path) && !/(?:^|\/)node_modules\//.test(path),
  );
  const texts = sheets.map((path) => ({ path, text: tree.read(path) ?? '' }));
  const imports = texts.filter(({ text }) => ofTailwind4(text));
  return (
    imports.length > 0 &&
    texts.every(({ text }) => !/daisyui/i.test(text)) &&
    imports.every(({ path }) => !isGeneratedFile(path, project, history))
  );
}

/** Tailwind 4 is imported whole or by its new parts; `tailwindcss/base` and `tailwindcss/components` are those of version 3. */
function ofTailwind4(sheetText: string): boolean {
  const names = [...sheetText.matchAll(/@import\s+["']tailwindcss(?:\/([\w-]+))?/g)].map(([, part = '']) => part);
  return names.length > 0 && !names.some((part) => part === 'base' || part === 'components');
}
