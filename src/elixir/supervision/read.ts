import type { CallExpr, Expr, ListExpr, Range, Source } from '../ast.ts';
import { display } from '../canonical.ts';
import { findExpr } from '../children.ts';
import {
  type Aliases,
  aliasesOf,
  callName,
  type FunctionClause,
  functionsOf,
  type ModuleDefinition,
  modulesOf,
  usesModule,
} from '../module.ts';
import { type Option, optionsOf } from '../options.ts';
import { lineAt } from '../position.ts';
import { childModule, type SupervisionChild } from './child.ts';
import { bind, bindingsOf, type Composition, composition, lookUp, type Scope } from './list.ts';

export interface Mark {
  readonly range: Range;
  readonly line: number;
}

/** What an Application module starts. */
export interface Supervision {
  readonly module: string;
  /** In the order they start. */
  readonly children: readonly SupervisionChild[];
  /** The literal lists whose items are always started, in order: the places for a new child. */
  readonly lists: readonly ListExpr[];
  /** Options of `Supervisor.start_link`, `strategy` and `name`. */
  readonly options: readonly Option[];
  /** `config_change/3`, where the module has one. */
  readonly configChange: Mark | null;
  /** `import Supervisor.Spec`, in the module or in `start/2`. */
  readonly specImport: Mark | null;
}

/** The module that a file defines with `use Application`; null for any other file. */
export function applicationModule(source: Source): string | null {
  return applicationOf(source)?.name ?? null;
}

function applicationOf(source: Source): ModuleDefinition | undefined {
  return modulesOf(source).find((module) => usesModule(module.body, 'Application'));
}

/** Reads `start/2` of the module with `use Application`; null where the file has none. */
export function readSupervision(source: Source): Supervision | null {
  const module = applicationOf(source);
  if (module === undefined) return null;
  const functions = functionsOf(module.body);
  const start = functions.find((clause) => clause.name === 'start' && clause.args.length === 2);
  const body = start?.body ?? [];
  const tree = supervisorCall(body, null) ?? boundChildren(body);
  const found = tree ? listOf(tree, functions) : { parts: [], lists: [] };
  const mark = (expr: { range: Range } | undefined): Mark | null =>
    expr ? { range: expr.range, line: lineAt(source.text, expr.range.start) } : null;
  return {
    module: module.name,
    children: childrenOf(source, found, aliasesOf(module, body), tree?.scope ?? null),
    lists: found.lists,
    options: tree ? optionsOf(source.text, resolved(tree.options, tree.scope)) : [],
    configChange: mark(functions.find((clause) => clause.name === 'config_change' && clause.args.length === 3)),
    specImport: mark(findExpr([...module.body, ...body], importsSpec)),
  };
}

/** Whether an expression is `import Supervisor.Spec`. */
export function importsSpec(expr: Expr): boolean {
  const [name] = expr.kind === 'call' ? expr.args : [];
  return callName(expr) === 'import' && name?.kind === 'alias' && name.name === 'Supervisor.Spec';
}

interface SupervisorCall {
  readonly children: Expr;
  readonly options: Expr | undefined;
  readonly scope: Scope | null;
}

/** `Supervisor.start_link(children, opts)`, wherever it stands in a body, with the names bound before it. */
function supervisorCall(body: readonly Expr[], outer: Scope | null): SupervisorCall | null {
  let scope = outer;
  for (const statement of body) {
    const block = statement.kind === 'call' ? statement.block : null;
    const inner = block ? [block.body, ...block.sections.map((section) => section.body)] : [];
    for (const part of inner) {
      const found = supervisorCall(part, scope);
      if (found) return found;
    }
    const call = findExpr([statement], startsSupervisor);
    if (call) return withArguments(call, scope);
    scope = bind(scope, statement);
  }
  return null;
}

function startsSupervisor(expr: Expr): boolean {
  const call = expr.kind === 'binary' && expr.operator === '|>' ? expr.right : expr;
  return callName(call) === 'Supervisor.start_link';
}

function withArguments(found: Expr, scope: Scope | null): SupervisorCall | null {
  const args = found.kind === 'binary' ? [found.left, ...(found.right as CallExpr).args] : (found as CallExpr).args;
  const [children, options] = args;
  return children ? { children, options, scope } : null;
}

/** Without a `Supervisor.start_link`, whatever is named `children` is meant to be them. */
function boundChildren(body: readonly Expr[]): SupervisorCall | null {
  const scope = body.reduce(bind, null as Scope | null);
  const bound = lookUp(scope, 'children');
  return bound ? { children: bound.value, options: undefined, scope: bound.before } : null;
}

/** `children()` stands for the body of that function, where it is the whole list and has one clause. */
function listOf({ children, scope }: SupervisorCall, functions: readonly FunctionClause[]): Composition {
  const call = resolved(children, scope);
  const name = call?.kind === 'call' && call.args.length === 0 ? callName(call) : undefined;
  const [only, ...others] = functions.filter((clause) => clause.name === name && clause.args.length === 0);
  if (only === undefined || others.length > 0) return composition(children, scope);
  return composition({ kind: 'block', body: only.body, range: only.range }, null);
}

function resolved(expr: Expr | undefined, scope: Scope | null): Expr | undefined {
  if (expr?.kind !== 'identifier') return expr;
  const bound = lookUp(scope, expr.name);
  return bound ? resolved(bound.value, bound.before) : expr;
}

function childrenOf(source: Source, found: Composition, aliases: Aliases, scope: Scope | null): SupervisionChild[] {
  const seen = new Map<string, number>();
  const bindings = bindingsOf(scope);
  return found.parts.map(({ expr, list, condition }) => {
    const { module, form } = childModule(expr, aliases);
    const shown = module === null ? display(expr) : display(expr, bindings);
    const base = module ?? shown;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    const line = lineAt(source.text, expr.range.start);
    const name = count === 1 ? base : `${base}#${count}`;
    return { name, module, form, expr, list, display: shown, condition, range: expr.range, line };
  });
}
