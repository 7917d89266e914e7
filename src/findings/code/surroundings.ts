import { functionsOf } from '../../elixir/module.ts';
import { isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';

/** What other modules of the project mean for the code of one. */
export interface Surroundings {
  /** Names of public functions that some module of the project defines: a call of them may be no framework's. */
  readonly publicNames: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  readonly gettextBackends: ReadonlySet<string>;
  /** Whether the web module gives its users `Routes` for the router's helpers. */
  readonly routesAlias: boolean;
  readonly liveView: boolean;
}

/** Reads once what all files together say. */
export function surroundingsOf(fragments: readonly Fragment[]): Surroundings {
  const users = (name: string) =>
    new Set(fragments.filter((one) => uses(one, name)).flatMap(({ module }) => module?.name ?? []));
  return {
    publicNames: new Set(
      fragments.flatMap(({ module }) =>
        functionsOf(module?.body ?? [])
          .filter(({ kind }) => kind === 'def' || kind === 'defmacro')
          .map(({ name }) => name),
      ),
    ),
    endpoints: users('Phoenix.Endpoint'),
    gettextBackends: new Set(
      [...users('Gettext.Backend'), ...users('Gettext')].filter((name) => name.endsWith('Gettext')),
    ),
    routesAlias:
      fragments.some(({ aliases }) => aliases.get('Routes')?.endsWith('.Router.Helpers')) &&
      !fragments.some(({ module }) => module?.name === 'Routes'),
    liveView: users('Phoenix.LiveView').size > 0,
  };
}

function uses(fragment: Fragment, name: string): boolean {
  return fragment.exprs.some((expr) => isDirective(expr, 'use', new Set([name]), fragment));
}
