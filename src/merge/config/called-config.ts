import type { Source } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { leaves } from '../../elixir/config/leaves.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/** A function of the project's own that runtime.exs calls, and what its `config` calls set. */
interface CalledConfig {
  /** `config/runtime.exs:2 calls Shop.Settings.load()`. */
  readonly said: string;
  /** Whether a key, `['shop', 'ShopWeb.Endpoint', 'url', 'host']`, is set there, above it or below it. */
  readonly sets: (keyPath: readonly string[]) => boolean;
}

/**
 * A function that runtime.exs calls for its configuration has the last word on what it sets, in every environment: nothing
 * is put over it, and no key moves behind it.
 */
export function setByCalledFunction(
  comparisons: readonly Comparison[],
  { project }: Pick<RulingContext, 'project'>,
): readonly Comparison[] {
  const called = calledConfigs(project);
  if (called.length === 0) return comparisons;
  return comparisons.map((comparison) => {
    const { address, outcome, yours, movedFrom } = comparison;
    const isNew = yours === null || movedFrom !== undefined;
    if (outcome !== 'pending' || !isNew || address.area !== 'config') return comparison;
    const found = called.find(({ sets }) => sets(address.keyPath));
    return found ? { ...comparison, outcome: 'declined', note: `${found.said}, which sets it` } : comparison;
  });
}

function calledConfigs({ config, sources, tree }: Project): CalledConfig[] {
  const calls = config.calls.filter(({ path }) => /(?:^|\/)(?:runtime|releases)\.exs$/.test(path));
  return calls.flatMap(({ path, line, module, name }) => {
    const keyPaths = tree.paths.flatMap((file) => {
      const isCode = /(?:^|\/)lib\/.*\.ex$/.test(file) && tree.read(file)?.includes(`defmodule ${module} `);
      const source = isCode ? sources.get(file) : undefined;
      return source ? keyPathsIn(source, module, name) : [];
    });
    const sets = (wanted: readonly string[]) =>
      keyPaths.some((keyPath) => keyPath.every((key, index) => (wanted[index] ?? key) === key));
    return keyPaths.length > 0 ? [{ said: `${path}:${line} calls ${module}.${name}()`, sets }] : [];
  });
}

/** What the `config` calls of a function set. */
function keyPathsIn(source: Source, module: string, name: string): (readonly string[])[] {
  const body = modulesOf(source).find((one) => one.name === module)?.body ?? [];
  const clauses = functionsOf(body).filter((one) => one.name === name);
  return everyExpr(clauses.flatMap((one) => one.body)).flatMap((expr) => {
    const found = expr.kind === 'call' && callName(expr) === 'config' ? leaves(expr, new Map()) : null;
    return (found ?? []).map(({ keyPath }) => keyPath);
  });
}
