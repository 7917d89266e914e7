import { contains } from '../../elixir/children.ts';
import { parse } from '../../elixir/parse.ts';
import type { Address } from '../../facts/address.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { FileOutcome } from '../files/outcome.ts';
import type { FileRulingContext } from '../pass.ts';
import { performAll } from '../perform.ts';
import { Workspace } from '../workspace.ts';

/**
 * Leaves out the switch of development routes where no route depends on it, neither now nor once the generator's text is
 * merged into the router: key and route belong together. Without text (`files` null) the switch waits with the route.
 */
export function pairedDevRoutes(
  comparisons: readonly Comparison[],
  { project, files }: Pick<FileRulingContext, 'project' | 'files'>,
): Comparison[] {
  const isNew = ({ address, outcome, yours }: Comparison) =>
    isSwitch(address) && outcome === 'pending' && yours === null;
  if (!comparisons.some(isNew) || isRead(comparisons, project, files)) return [...comparisons];
  const note = 'no route of your router depends on it';
  return comparisons.map((one) => (isNew(one) ? { ...one, outcome: 'declined', note } : one));
}

function isRead(
  comparisons: readonly Comparison[],
  { tree, webFiles: { router } }: Project,
  files: readonly FileOutcome[] | null,
): boolean {
  if (router === null) return false;
  if (readsSwitch(tree.read(router))) return true;
  if (files === null) return comparisons.some(({ address, outcome }) => isScope(address) && outcome === 'pending');
  const operations = files.flatMap((file) => (file.place === router ? file.operations : []));
  const merged = performAll(new Workspace(tree), operations);
  return !('reason' in merged) && readsSwitch(merged.text(router));
}

function isSwitch({ scope, keyPath }: Address): boolean {
  return scope === 'dev' && keyPath.length === 2 && keyPath[1] === 'dev_routes';
}

function isScope({ area, path }: Address): boolean {
  return area === 'web' && path.join('.') === 'router.scope./dev';
}

function readsSwitch(text: string | undefined): boolean {
  const source = parse(text ?? '');
  return source.body.some((expr) => contains(expr, (inner) => inner.kind === 'atom' && inner.name === 'dev_routes'));
}
