import type { Expr, Source } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { readDep } from '../../elixir/mix/deps.ts';
import type { Dep } from '../../elixir/mix/model.ts';
import { mixModule, readMixfile } from '../../elixir/mix/read.ts';
import { attributesOf, type Scope } from '../../elixir/mix/scope.ts';
import { functionsOf } from '../../elixir/module.ts';
import { plainText } from '../../elixir/plain-text.ts';

/** What one version of a package asks for. */
export interface PackageRequirements {
  /** Its name on Hex; null where `mix.exs` names no app. */
  readonly name: string | null;
  readonly elixir: string | null;
  /** By dep: `~> 1.0`, `~> 1.0 optional`. */
  readonly deps: ReadonlyMap<string, string>;
}

/**
 * Reads what the `mix.exs` of a package asks for. Deps that stay at home are left out, as Hex leaves them out: those for dev, test
 * and docs alone, and those from a path or from git, which stand there in place of a requirement while the package is worked on.
 */
export function packageRequirements(source: Source): PackageRequirements {
  const { project, deps } = readMixfile(source);
  const value = (key: string) => project.find(({ path }) => path.length === 1 && path[0] === key)?.value;
  const app = value('app');
  const found = new Map<string, string>();
  for (const dep of [...deps, ...depsOfFunctions(source)]) {
    if (dep.requirement === null || staysAtHome(dep)) continue;
    const optional = dep.options.some(({ name, display }) => name === 'optional' && display === 'true');
    found.set(dep.name, `${dep.requirement}${optional ? ' optional' : ''}`);
  }
  return {
    name: app?.kind === 'atom' ? app.name : null,
    elixir: plainText(value('elixir')),
    deps: found,
  };
}

/**
 * Deps that functions without arguments give, `ecto_dep()`: where one chooses between a path and a requirement, the package was
 * published with the requirement.
 */
function depsOfFunctions(source: Source): Dep[] {
  const body = mixModule(source)?.body ?? [];
  const functions = functionsOf(body);
  const scope: Scope = { attributes: attributesOf(body), functions, locals: new Map() };
  const listed = functions.filter(({ name }) => name === 'deps').flatMap((one) => everyExpr(one.body));
  const called = functions.filter(({ name, args }) => args.length === 0 && listed.some((expr) => names(expr, name)));
  return called.flatMap((one) =>
    everyExpr(one.body).flatMap((expr) =>
      expr.kind === 'tuple' ? (readDep(source.text, { expr, scope, list: expr, condition: null }) ?? []) : [],
    ),
  );
}

function names(expr: Expr, name: string): boolean {
  return expr.kind === 'call' && expr.target.kind === 'identifier' && expr.target.name === name;
}

function staysAtHome({ options }: Dep): boolean {
  return options.some(
    ({ name, display }) => ['path', 'git', 'github'].includes(name) || (name === 'only' && !/:prod\b/.test(display)),
  );
}
