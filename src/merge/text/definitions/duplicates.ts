import type { Expr } from '../../../elixir/ast.ts';
import { comparable } from '../../../elixir/canonical.ts';
import { callName, functionsOf, modulesOf } from '../../../elixir/module.ts';
import { parse } from '../../../elixir/parse.ts';

/** Clauses, pipelines and the like that a file defines more than once: the second is an error or never reached. */
export function duplicateDefinitions(text: string): string[] {
  return modulesOf(parse(text)).flatMap(({ name, body }) => {
    const seen = new Set<string>();
    return definitionsIn(body)
      .filter((key) => seen.has(key) || !seen.add(key))
      .map((key) => `${name} ${key}`);
  });
}

function definitionsIn(body: readonly Expr[]): string[] {
  const clauses = functionsOf(body).map(
    ({ name, args }) => `${name}(${args.map((arg) => comparable(arg)).join(', ')})`,
  );
  const pipelines = body.flatMap((expr) =>
    expr.kind === 'call' && callName(expr) === 'pipeline'
      ? [`pipeline ${expr.args.map((arg) => comparable(arg)).join()}`]
      : [],
  );
  return [...clauses, ...pipelines];
}
