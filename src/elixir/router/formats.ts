import type { Expr, Source } from '../ast.ts';
import { everyExpr } from '../children.ts';
import { callName, moduleName } from '../module.ts';
import { wordsOf } from '../words.ts';
import { type Router, type RouterScope, readRouter } from './read.ts';

/** The formats in which each controller of a router is asked for pages; null for one where they do not show. */
export type ControllerFormats = ReadonlyMap<string, readonly string[] | null>;

/**
 * Reads, for each controller that a router names, what `plug :accepts` of its pipelines lets through, all its routes together.
 * Routes without such a plug have no format.
 */
export function controllerFormats(source: Source): ControllerFormats {
  const router = readRouter(source);
  const found = new Map<string, readonly string[] | null>();
  if (router === null) return found;
  const formats = pipelineFormats(router);
  const visit = (scope: Pick<RouterScope, 'scopes' | 'calls' | 'pipeThrough' | 'alias'>, around: Around): void => {
    const inside = {
      prefix: [...around.prefix, ...(scope.alias === null ? [] : [scope.alias])],
      pipelines: [...around.pipelines, ...scope.pipeThrough],
    };
    const own = acceptedBy(inside.pipelines, formats);
    for (const name of scope.calls.flatMap(({ expr }) => controllersIn(expr))) {
      const full = [...inside.prefix, name].join('.');
      addFormats(found, full, own);
    }
    for (const inner of scope.scopes) visit(inner, inside);
  };
  visit({ ...router, alias: null, pipeThrough: [] }, { prefix: [], pipelines: [] });
  return found;
}

/** Adds formats to those of a controller that are known already: one that does not show anywhere does not show. */
export function addFormats(
  all: Map<string, readonly string[] | null>,
  name: string,
  own: readonly string[] | null,
): void {
  const known = all.get(name);
  all.set(name, own === null || known === null ? null : [...new Set([...(known ?? []), ...own])]);
}

interface Around {
  readonly prefix: readonly string[];
  readonly pipelines: readonly string[];
}

/** `plug :accepts, ["html"]` of each pipeline; null where it cannot be read, or where something else sets the format. */
function pipelineFormats({ pipelines }: Router): ReadonlyMap<string, readonly string[] | null> {
  return new Map(
    pipelines.map(({ name, plugs }) => {
      const accepts = plugs.filter(({ subject }) => subject.startsWith(':accepts'));
      const isPlain = accepts.every(({ condition, args }) => condition === null && wordsOf(args[0]) !== null);
      const sets = plugs.some(({ subject }) => subject.startsWith(':put_format'));
      return [name, isPlain && !sets ? accepts.flatMap(({ args }) => wordsOf(args[0]) ?? []) : null];
    }),
  );
}

/** What all pipelines of a route together accept; null where one of them cannot be read, or none asks. A plug's name is none of a pipeline. */
function acceptedBy(
  names: readonly string[],
  formats: ReadonlyMap<string, readonly string[] | null>,
): readonly string[] | null {
  const all = names.map((name) => (formats.has(name) ? (formats.get(name) ?? null) : []));
  const known = all.flatMap((one) => one ?? []);
  return all.includes(null) || known.length === 0 ? null : [...new Set(known)];
}

/** Controllers that a route names, in resources inside resources as well. */
function controllersIn(expr: Expr): string[] {
  return everyExpr([expr]).flatMap((one) => {
    const name = callName(one);
    if (one.kind !== 'call' || !/^(?:get|post|put|patch|delete|head|options|match|resources)$/.test(name ?? ''))
      return [];
    const controller = one.args[name === 'match' ? 2 : 1];
    return (controller && moduleName(controller, new Map())) ?? [];
  });
}
