import type { CallExpr, Expr, ListExpr, Range } from '../ast.ts';
import { type Aliases, callName, moduleName } from '../module.ts';
import { keywordPairs } from '../options.ts';

/** How a child spec is spelled. */
export type ChildForm = 'module' | 'tuple' | 'child_spec' | 'map' | 'worker' | 'supervisor' | 'unknown';

/** One entry of the list of children. */
export interface SupervisionChild {
  /** Tells the children apart: the module, `Finch#2` for the second of a module, the display text of an unknown one. */
  readonly name: string;
  /** Full module name; null where a function or variable stands in its place. */
  readonly module: string | null;
  readonly form: ChildForm;
  readonly expr: Expr;
  /** The literal list it is an item of; null where something else yields it. */
  readonly list: ListExpr | null;
  /** The spec with local bindings followed. */
  readonly display: string;
  /** What must hold for the child to be started, displayed; null where it always is. */
  readonly condition: string | null;
  readonly range: Range;
  readonly line: number;
}

/** Which module a child spec starts and how it says so. */
export function childModule(expr: Expr, aliases: Aliases): { module: string | null; form: ChildForm } {
  const named = (target: Expr | undefined, form: ChildForm) => {
    const module = target && moduleName(target, aliases);
    return module === undefined ? { module: null, form: 'unknown' as const } : { module, form };
  };
  switch (expr.kind) {
    case 'alias':
    case 'identifier':
    case 'dot':
      return named(expr, 'module');
    case 'tuple':
      return named(expr.items[0], 'tuple');
    case 'map':
      return named(startedModule(expr.items[0]), 'map');
    case 'call':
      return callModule(expr, aliases);
    default:
      return { module: null, form: 'unknown' };
  }
}

/** `Mod` of `start: {Mod, :start_link, []}`. */
function startedModule(items: Expr | undefined): Expr | undefined {
  const start = keywordPairs(items)?.find((pair) => pair.name === 'start')?.value;
  return start?.kind === 'tuple' ? start.items[0] : undefined;
}

function callModule(call: CallExpr, aliases: Aliases): { module: string | null; form: ChildForm } {
  const name = callName(call);
  const [first] = call.args;
  if (name === 'Supervisor.child_spec' && first) {
    const { module } = childModule(first, aliases);
    if (module !== null) return { module, form: 'child_spec' };
  }
  const short = name?.replace(/^Supervisor\.Spec\./, '');
  if ((short === 'worker' || short === 'supervisor') && first) {
    const module = moduleName(first, aliases);
    if (module !== undefined) return { module, form: short };
  }
  const { target } = call;
  if (target.kind === 'dot' && target.right === 'child_spec' && target.left.kind === 'alias') {
    return { module: moduleName(target.left, aliases) ?? null, form: 'child_spec' };
  }
  return { module: null, form: 'unknown' };
}
