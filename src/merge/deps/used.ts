import type { Expr } from '../../elixir/ast.ts';
import { exprsOf } from '../../elixir/children.ts';
import { camelize } from '../../pristine/naming.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/** Base modules of deps whose name does not tell them. */
const modulesOfDeps: Readonly<Record<string, readonly string[]>> = {
  // Came with ecto_sql since: the modules stay.
  ecto: [],
  plug_cowboy: ['Plug.Cowboy'],
  phoenix_pubsub: ['Phoenix.PubSub.PG2'],
  phoenix_view: ['Phoenix.View'],
  telemetry_metrics: ['Telemetry.Metrics'],
};

/**
 * Keeps what would go but is still used: a dep, or a child of it, that the project's own code names. What the plan
 * itself changes (config values, other children, the files that `isReplaced` knows) does not count as a use.
 */
export function keepUsed(
  comparisons: readonly Comparison[],
  { project, isReplaced }: Pick<RulingContext, 'project' | 'isReplaced'>,
): readonly Comparison[] {
  const going = comparisons.filter(
    (one) => one.outcome === 'pending' && one.target === null && modulesOf(one).length > 0,
  );
  if (going.length === 0) return comparisons;
  const users = usersOf(new Set(going.flatMap(modulesOf)), project, isReplaced);
  const changing = comparisons.filter(({ outcome }) => outcome === 'pending');
  return comparisons.map((comparison) => {
    if (!going.includes(comparison)) return comparison;
    const used = modulesOf(comparison).flatMap((module) => users.get(module) ?? []);
    const named = used.length > 0 ? used : statedBy(comparison, comparisons, changing);
    const [first] = named;
    return first
      ? { ...comparison, outcome: 'declined', note: `stays: ${named.slice(0, 3).join(', ')} uses it` }
      : comparison;
  });
}

/** Modules whose use speaks against taking a dep or child away. */
function modulesOf({ address, yours }: Comparison): readonly string[] {
  const { area, path } = address;
  const [name = ''] = path;
  if (yours === null || path.length !== 1) return [];
  if (area === 'supervision') return name === 'order' ? [] : [name];
  return area === 'deps' ? (modulesOfDeps[name] ?? [camelize(name)]) : [];
}

/** Places, `lib/shop/shipping/client.ex:4`, that name a module or one below it. */
function usersOf(
  modules: ReadonlySet<string>,
  project: Project,
  isReplaced: (path: string) => boolean,
): Map<string, string[]> {
  const users = new Map<string, string[]>();
  const applications = new Set(project.apps.map(({ application }) => application));
  for (const path of project.tree.paths) {
    if (!/\.exs?$/.test(path) || /(^|\/)(config|priv)\//.test(path) || path.endsWith('mix.exs')) continue;
    const text = applications.has(path) ? undefined : project.tree.read(path);
    const candidates = [...modules].filter((module) => text?.includes(module));
    if (candidates.length === 0 || isReplaced(path)) continue;
    const source = project.sources.get(path);
    const named = source ? aliasesIn(source.body) : new Set<string>();
    for (const module of candidates) {
      if (namesModuleOf(named, module)) users.set(module, [...(users.get(module) ?? []), path]);
    }
  }
  return users;
}

/** Modules that code names, as it writes them. */
export function aliasesIn(body: readonly Expr[]): ReadonlySet<string> {
  return new Set(exprsOf(body).flatMap((expr) => (expr.kind === 'alias' ? [expr.name] : [])));
}

/** Whether a module, or one below it, is among names. */
export function namesModuleOf(names: ReadonlySet<string>, module: string): boolean {
  return [...names].some((name) => name === module || name.startsWith(`${module}.`));
}

/** Config and children of the user's own that name the module and that the plan leaves as they are. */
function statedBy(comparison: Comparison, all: readonly Comparison[], changing: readonly Comparison[]): string[] {
  const modules = modulesOf(comparison);
  return all
    .filter((one) => one.yours && one !== comparison && !changing.includes(one))
    .filter(({ address }) => (address.area === 'config' || address.area === 'supervision') && !address.isOrder)
    .filter(({ yours }) => modules.some((module) => yours !== null && namesModule(yours.value, module)))
    .flatMap(({ yours }) => (yours?.at ? `${yours.at.path}:${yours.at.line}` : []));
}

function namesModule(value: string, module: string): boolean {
  return value
    .split(/[^\w.]+/)
    .some((word) => word === module || word.startsWith(`${module}.`) || word.endsWith(`.${module}`));
}
