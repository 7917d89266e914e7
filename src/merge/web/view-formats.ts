import { isGeneratedFile } from '../../facts/generated-file.ts';
import type { History } from '../../facts/history.ts';
import type { Project } from '../../project/project.ts';
import type { FileTree } from '../../project/tree.ts';
import type { Comparison } from '../comparison.ts';
import type { PristineTexts } from '../files/input.ts';
import type { RulingContext } from '../pass.ts';

const byFormat = 'formats: [:html, :json]';
/** Controllers find `DeskView` by it, as they did before there were modules by format. */
const byView = 'formats: [html: "View", json: "View"]';

/**
 * Whether controllers render views of the user's own: `DeskView` of `DeskController`, without a `DeskHTML` or `DeskJSON`. The views
 * that the generator wrote go with their controllers.
 */
export function hasOwnViews(project: Project, history: History): boolean {
  const { tree } = project;
  return tree.paths.some((path) => {
    const [, root = '', name = ''] = /^(.*)\/views\/(\w+)_view\.ex$/.exec(path) ?? [];
    const controller = `${root}/controllers/${name}_controller.ex`;
    if (name === '' || !tree.has(controller) || hasModuleByFormat(tree, `${root}/controllers/${name}`)) return false;
    return !isGeneratedFile(path, project, history);
  });
}

function hasModuleByFormat(tree: FileTree, stem: string): boolean {
  return tree.has(`${stem}_html.ex`) || tree.has(`${stem}_json.ex`);
}

/** The formats of the web module's controllers name views while the app has some. */
export function keepViewFormats(
  comparisons: readonly Comparison[],
  { project, history }: Pick<RulingContext, 'project' | 'history'>,
): readonly Comparison[] {
  const named = comparisons.filter(({ outcome, result }) => outcome === 'pending' && result?.includes(byFormat));
  if (named.length === 0 || !hasOwnViews(project, history)) return comparisons;
  const note = 'the controllers of this app render views';
  return comparisons.map((comparison) =>
    named.includes(comparison)
      ? { ...comparison, result: comparison.result?.replace(byFormat, byView) ?? null, note }
      : comparison,
  );
}

/** Generated text for an app whose controllers render views: those that the generator wrote a module by format for name it. */
export function withViewFormats(texts: PristineTexts, project: Project, history: History): PristineTexts {
  if (!hasOwnViews(project, history)) return texts;
  const changed = new Map<string, string>();
  for (const path of texts.target.paths) {
    const text = /\.ex$/.test(path) ? texts.target.read(path) : undefined;
    const own = text === undefined ? undefined : adapted(path, text, texts.target);
    if (own !== undefined) changed.set(path, own);
  }
  return changed.size === 0 ? texts : { ...texts, target: withTexts(texts.target, changed) };
}

function adapted(path: string, text: string, target: FileTree): string | undefined {
  if (path.endsWith('_web.ex') && text.includes(byFormat)) return text.replace(byFormat, byView);
  const [, stem] = /^(.*)_controller\.ex$/.exec(path) ?? [];
  const module = /defmodule (\S+)Controller do/.exec(text)?.[1];
  if (stem === undefined || module === undefined || !target.has(`${stem}_html.ex`)) return undefined;
  return text.replace(/(use \S+, :controller\n)/, `$1\n  plug :put_view, html: ${module}HTML\n`);
}

function withTexts(tree: FileTree, texts: ReadonlyMap<string, string>): FileTree {
  const bytes = new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
  return {
    ...tree,
    read: (path) => texts.get(path) ?? tree.read(path),
    bytes: (path) => bytes.get(path) ?? tree.bytes(path),
  };
}
