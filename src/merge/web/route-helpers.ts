import type { Address } from '../../facts/address.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

const withoutHelpers = 'use(Phoenix.Router, helpers: false)';

/** Keeps the router's helpers while code or templates of the project call them: without them it would not compile. */
export function keepRouteHelpers(
  comparisons: readonly Comparison[],
  { project: { tree } }: Pick<RulingContext, 'project'>,
): Comparison[] {
  const caller = tree.paths.find((path) => /\.(exs?|eex|heex|leex)$/.test(path) && callsHelpers(tree.read(path) ?? ''));
  if (caller === undefined) return [...comparisons];
  return comparisons.map((comparison) => {
    const { address, outcome, result, yours } = comparison;
    const taking = outcome === 'pending' && isRouterClause(address);
    if (!taking || !yours || !result?.includes(withoutHelpers) || yours.value.includes('helpers: false')) {
      return comparison;
    }
    const kept = result.replace(withoutHelpers, 'use(Phoenix.Router)');
    return { ...comparison, result: kept, note: `the route helpers stay: ${caller} calls them` };
  });
}

/** The clause of the web module that `use ShopWeb, :router` calls. */
function isRouterClause({ area, pathText }: Address): boolean {
  return area === 'web' && /^[\w.]+\.router$/.test(pathText);
}

function callsHelpers(text: string): boolean {
  return /\bRoutes\.\w+_(?:path|url)\b|\bRouter\.Helpers\.\w+_(?:path|url)\b/.test(text);
}
