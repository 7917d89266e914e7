import type { CallExpr, Expr, Range, Source } from '../ast.ts';
import { display } from '../canonical.ts';
import { type Statement, statementsOf } from '../condition.ts';
import { type Aliases, aliasesOf, callName, type ModuleDefinition, moduleName, modulesOf } from '../module.ts';
import { keywordPairs, type Option, optionsOf } from '../options.ts';
import { lineAt } from '../position.ts';

/** A call as the file has it. */
export interface DisplayedCall {
  /** `use`, `get`, `pipe_through`, … */
  readonly name: string;
  readonly display: string;
  readonly expr: Expr;
  readonly condition: string | null;
  readonly range: Range;
  readonly line: number;
}

/** One plug of a pipeline, by the name that edits know it by. */
export interface PipelinePlug extends DisplayedCall {
  /** Tells the plugs of a pipeline apart: `:accepts`, `Plug.Head`, `:fetch_user#2`. */
  readonly subject: string;
  /** What stands after the subject. */
  readonly args: readonly Expr[];
  /** `{:accepts, ["html"]}` */
  readonly display: string;
}

/** One `pipeline :browser do … end`. */
export interface Pipeline {
  readonly name: string;
  readonly plugs: readonly PipelinePlug[];
  readonly condition: string | null;
  readonly call: CallExpr;
  readonly range: Range;
  readonly line: number;
}

/** One `scope "/", ShopWeb do … end`. */
export interface RouterScope {
  readonly path: string;
  /** Full name of the module that the scope puts before its controllers; null without one. */
  readonly alias: string | null;
  readonly options: readonly Option[];
  /** Pipelines without colon, in order. */
  readonly pipeThrough: readonly string[];
  /** Everything in it besides scopes, in order: routes, `pipe_through`, imports. */
  readonly calls: readonly DisplayedCall[];
  readonly scopes: readonly RouterScope[];
  readonly condition: string | null;
  readonly call: CallExpr;
  readonly range: Range;
  readonly line: number;
}

/** A module with `use ShopWeb, :router` or `use Phoenix.Router`. */
export interface Router {
  readonly module: string;
  /** `use`, `import`, `alias` and `require` lines outside of scopes. */
  readonly uses: readonly DisplayedCall[];
  readonly pipelines: readonly Pipeline[];
  readonly scopes: readonly RouterScope[];
  /** Routes outside of scopes, and whatever else stands at the top. */
  readonly calls: readonly DisplayedCall[];
}

/** The module that a file defines as a router; null for any other file. */
export function routerModule(source: Source): string | null {
  return routerOf(source)?.name ?? null;
}

/** The module of a router, if a file defines one. */
export function routerOf(source: Source): ModuleDefinition | undefined {
  return modulesOf(source).find((module) => module.body.some(usesRouter));
}

function usesRouter(expr: Expr): boolean {
  if (expr.kind !== 'call' || callName(expr) !== 'use') return false;
  const [module, role] = expr.args;
  return (
    module?.kind === 'alias' && (module.name === 'Phoenix.Router' || (role?.kind === 'atom' && role.name === 'router'))
  );
}

const usingNames = new Set(['use', 'import', 'alias', 'require']);

/** Reads the router that a file defines; null where it defines none. */
export function readRouter(source: Source): Router | null {
  const module = routerOf(source);
  if (module === undefined) return null;
  const reading = new RouterReader(source.text, aliasesOf(module));
  const statements = statementsOf(module.body);
  const others = statements.filter(({ expr }) => !['pipeline', 'scope'].includes(callName(expr) ?? ''));
  const calls = others.flatMap((statement) => reading.call(statement));
  return {
    module: module.name,
    uses: calls.filter((call) => usingNames.has(call.name)),
    pipelines: statements.flatMap((statement) => reading.pipeline(statement)),
    scopes: statements.flatMap((statement) => reading.scope(statement)),
    calls: calls.filter((call) => !usingNames.has(call.name) && !/^def|^@/.test(call.name)),
  };
}

class RouterReader {
  readonly #text: string;
  readonly #aliases: Aliases;

  constructor(text: string, aliases: Aliases) {
    this.#text = text;
    this.#aliases = aliases;
  }

  #place(expr: Expr): { range: Range; line: number } {
    return { range: expr.range, line: lineAt(this.#text, expr.range.start) };
  }

  call({ expr, condition }: Statement): DisplayedCall[] {
    const name = callName(expr);
    return name === undefined ? [] : [{ name, display: display(expr), expr, condition, ...this.#place(expr) }];
  }

  pipeline({ expr, condition }: Statement): Pipeline[] {
    if (callName(expr) !== 'pipeline' || expr.kind !== 'call' || !expr.block) return [];
    const [name] = expr.args;
    if (name?.kind !== 'atom') return [];
    const seen = new Map<string, number>();
    const plugs = statementsOf(expr.block.body, condition).flatMap((statement) => this.#plug(statement, seen));
    return [{ name: name.name, plugs, condition, call: expr, ...this.#place(expr) }];
  }

  #plug({ expr, condition }: Statement, seen: Map<string, number>): PipelinePlug[] {
    const [first, ...args] = expr.kind === 'call' ? expr.args : [];
    if (callName(expr) !== 'plug' || first === undefined) return [];
    const base = moduleName(first, this.#aliases) ?? display(first);
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    const subject = count === 1 ? base : `${base}#${count}`;
    const shown = `{${[first, ...args].map((arg) => display(arg)).join(', ')}}`;
    return [{ name: 'plug', subject, args, display: shown, expr, condition, ...this.#place(expr) }];
  }

  scope({ expr, condition }: Statement): RouterScope[] {
    if (callName(expr) !== 'scope' || expr.kind !== 'call' || !expr.block) return [];
    const options = optionsOf(this.#text, expr.args.at(-1));
    const statements = statementsOf(expr.block.body, condition);
    const calls = statements.filter((one) => callName(one.expr) !== 'scope').flatMap((one) => this.call(one));
    return [
      {
        ...this.#pathAndAlias(expr.args, options),
        options,
        pipeThrough: calls.filter((call) => call.name === 'pipe_through').flatMap(({ expr }) => pipelinesOf(expr)),
        calls,
        scopes: statements.flatMap((one) => this.scope(one)),
        condition,
        call: expr,
        ...this.#place(expr),
      },
    ];
  }

  /** `scope "/", Shop`, `scope "/", alias: Shop` and `scope path: "/", alias: Shop` say the same. */
  #pathAndAlias(args: readonly Expr[], options: readonly Option[]): { path: string; alias: string | null } {
    const option = (name: string) => options.find(({ path }) => path.length === 1 && path[0] === name)?.value;
    const positional = args.filter((arg) => keywordPairs(arg) === null);
    const path = positional.find((arg) => arg.kind === 'string') ?? option('path');
    const alias = positional.find((arg) => moduleName(arg, this.#aliases) !== undefined) ?? option('alias');
    return {
      path: path === undefined ? '/' : path.kind === 'string' ? display(path).slice(1, -1) : display(path),
      alias: (alias && moduleName(alias, this.#aliases)) ?? null,
    };
  }
}

function pipelinesOf(expr: Expr): string[] {
  const [given] = expr.kind === 'call' ? expr.args : [];
  const names = given?.kind === 'list' ? given.items : given ? [given] : [];
  return names.map((name) => (name.kind === 'atom' ? name.name : display(name)));
}
