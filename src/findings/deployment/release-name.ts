import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { functionsOf, modulesOf } from '../../elixir/module.ts';
import type { Names } from '../../elixir/names.ts';
import { keywordPairs } from '../../elixir/options.ts';
import type { Operation } from '../../merge/operation.ts';
import type { Sources } from './sources.ts';

const path = 'mix.exs';

/** The `releases:` of the root's `mix.exs`, a function that it calls followed; null where it has none. */
function declaredReleases(sources: Sources): readonly string[] | null {
  const { body } = sources.elixir(path);
  const pair = everyExpr(body).find((expr) => expr.kind === 'pair' && expr.name === 'releases');
  if (pair?.kind !== 'pair') return null;
  return (keywordPairs(called(pair.value, body)) ?? []).map(({ name }) => name);
}

function called(value: Expr, body: readonly Expr[]): Expr {
  const name =
    value.kind === 'identifier'
      ? value.name
      : value.kind === 'call' && value.target.kind === 'identifier'
        ? value.target.name
        : null;
  const clause = modulesOf({ text: '', body, comments: [], problems: [] })
    .flatMap((module) => functionsOf(module.body))
    .find((one) => one.name === name);
  return clause?.body.at(-1) ?? value;
}

/** Whether the root holds apps of its own. */
export function isUmbrella(sources: Sources): boolean {
  return sources.tree.paths.some((one) => /^apps\/[^/]+\/mix\.exs$/.test(one));
}

/** Name of the release that the project makes: the first it declares, else what `mix release` would call it. */
export function releaseName(names: Names, sources: Sources): string {
  return declaredReleases(sources)?.[0] ?? names.app;
}

/** The `releases:` of a project without one; an umbrella has to say there which apps its release starts. */
export function releaseDeclaration({ app, webApp }: Names, sources: Sources): Operation[] {
  if (declaredReleases(sources) !== null) return [];
  const apps = [...new Set([app, webApp])].map((one) => `${one}: :permanent`).join(', ');
  const options = isUmbrella(sources) ? `applications: [${apps}]` : 'include_executables_for: [:unix]';
  const value = `[${app}: [${options}]]`;
  return [{ kind: 'set-mix-key', path, section: 'project', keys: ['releases'], value, order: [] }];
}
