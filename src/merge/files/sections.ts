import type { Expr, Range } from '../../elixir/ast.ts';
import { childrenOf, findExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import type { StayingFile } from './uses.ts';

/** Functions of a file that the generator dropped and the project goes on using, and who uses them. */
export interface UsedFunctions {
  readonly names: readonly string[];
  readonly users: readonly string[];
}

interface Definition {
  readonly name: string;
  readonly range: Range;
  readonly calls: ReadonlySet<string>;
}

/**
 * What of a file has to stay although the target's text lacks it: sections that other files take with
 * `use ShopWeb, :view`, and the functions that those call in turn.
 */
export function usedFunctions(yours: string, target: string, staying: readonly StayingFile[]): UsedFunctions | null {
  const { module, definitions } = definitionsOf(yours);
  const present = new Set(definitionsOf(target).definitions.map(({ name }) => name));
  const dropped = definitions.filter(({ name }) => !present.has(name));
  if (module === null || dropped.length === 0) return null;
  const users = staying.filter(({ text }) => dropped.some(({ name }) => takesSection(text, module, name)));
  if (users.length === 0) return null;
  const kept = new Set(
    dropped.map(({ name }) => name).filter((name) => users.some(({ text }) => takesSection(text, module, name))),
  );
  // A set that grows is gone through to its end: what a kept function calls is kept as well.
  for (const name of kept) {
    const calls = dropped.filter((one) => one.name === name).flatMap((one) => [...one.calls]);
    for (const call of calls) if (dropped.some((one) => one.name === call)) kept.add(call);
  }
  return { names: [...kept], users: users.map(({ path }) => path) };
}

/** A text without some functions, so that as a base it makes them the user's own. */
export function withoutFunctions(text: string, names: readonly string[]): string {
  const ranges = definitionsOf(text).definitions.filter(({ name }) => names.includes(name));
  return ranges.reduceRight((rest, { range }) => {
    const start = rest.lastIndexOf('\n', range.start - 1) + 1;
    const end = rest.indexOf('\n', range.end);
    return rest.slice(0, start) + (end === -1 ? '' : rest.slice(end + 1));
  }, text);
}

function definitionsOf(text: string): { module: string | null; definitions: Definition[] } {
  const [module] = modulesOf(parse(text));
  if (!module) return { module: null, definitions: [] };
  const definitions = functionsOf(module.body).map(({ name, range, body }) => ({
    name,
    range,
    calls: namesCalled(body),
  }));
  return { module: module.name, definitions };
}

function namesCalled(body: readonly Expr[]): Set<string> {
  const names = new Set<string>();
  const visit = (expr: Expr) => {
    const name = callName(expr) ?? (expr.kind === 'identifier' ? expr.name : undefined);
    if (name !== undefined) names.add(name);
    for (const child of childrenOf(expr)) visit(child);
  };
  for (const expr of body) visit(expr);
  return names;
}

function takesSection(text: string, module: string, section: string): boolean {
  if (!text.includes(`:${section}`)) return false;
  const isUse = (expr: Expr) => {
    if (expr.kind !== 'call' || callName(expr) !== 'use') return false;
    const [name, which] = expr.args;
    return name?.kind === 'alias' && name.name === module && which?.kind === 'atom' && which.name === section;
  };
  return findExpr(parse(text).body, isUse) !== undefined;
}
