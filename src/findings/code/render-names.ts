import { addFormats, type ControllerFormats, controllerFormats } from '../../elixir/router/formats.ts';
import type { Operation } from '../../merge/operation.ts';
import { ProjectIndex } from '../../symbols/index.ts';
import type { FindingContext } from '../context.ts';
import type { CodePlace } from '../rule.ts';
import { pathsOf } from './rewriting.ts';
import { routerSources } from './route-tasks.ts';

/** The operations that name templates by atom in controllers, with the formats that all routers give these. */
export function renderOperations(places: readonly CodePlace[], { tree }: FindingContext): Operation[] {
  const index = ProjectIndex.of(tree);
  // A plug that sets formats may stand behind any name.
  const isSet = index.mentioning(['put_format']).length > 0;
  const formats = allFormats(isSet ? [] : routerSources(index).map(controllerFormats));
  return pathsOf(places).map((path): Operation => {
    const names = places.flatMap(({ fragment }) => (fragment.path === path ? (fragment.module?.name ?? []) : []));
    const own = Object.fromEntries([...new Set(names)].map((name) => [name, formats.get(name) ?? null]));
    return { kind: 'rewrite', path, task: { name: 'render-names', formats: own } };
  });
}

function allFormats(routers: readonly ControllerFormats[]): ControllerFormats {
  const all = new Map<string, readonly string[] | null>();
  for (const [name, own] of routers.flatMap((one) => [...one])) addFormats(all, name, own);
  return all;
}
