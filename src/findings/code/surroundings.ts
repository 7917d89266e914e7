import type { Expr } from '../../elixir/ast.ts';
import { type Aliases, callName, functionsOf, moduleName } from '../../elixir/module.ts';
import type { CodeFile } from './code-file.ts';
import { directiveOptions, isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';
import { type GettextCallers, gettextCallersOf } from './gettext-calls.ts';
import { secondsFieldsOf } from './schema-fields.ts';

/** What other modules of the project mean for the code of one. */
export interface Surroundings {
  /** Names of public functions that some module of the project defines: a call of them may be no framework's. */
  readonly publicNames: ReadonlySet<string>;
  /** `name/arity` of those functions, defaults aside. */
  readonly publicFunctions: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  readonly gettextBackends: ReadonlySet<string>;
  /** Those of them that say `use Gettext.Backend`: importing one brings no macros. */
  readonly pureGettextBackends: ReadonlySet<string>;
  readonly gettextCallers: GettextCallers;
  /** Whether the web module gives its users `Routes` for the router's helpers. */
  readonly routesAlias: boolean;
  /** Whether some module imports the router's helpers, or gives its users that import. */
  readonly importsHelpers: boolean;
  readonly liveView: boolean;
  /** Whether some layout gives scripts the CSRF token: those that do not have no script that sends it. */
  readonly csrfToken: boolean;
  /** Fields of schemas that hold whole seconds. */
  readonly secondsFields: ReadonlySet<string>;
}

/** Layouts of pages, in folders of either time. */
export const layout = /\/layouts?\/[^/]*\.[a-z]*eex$/;

/** What gives a page the CSRF token. */
export const givesToken = /csrf_meta_tag|get_csrf_token|csrf_token_value/;

/** Reads once what all files together say. */
export function surroundingsOf(fragments: readonly Fragment[], files: readonly CodeFile[]): Surroundings {
  const users = (name: string) =>
    new Set(fragments.filter((one) => uses(one, name)).flatMap(({ module }) => module?.name ?? []));
  const functions = fragments.flatMap(({ module }) =>
    functionsOf(module?.body ?? []).filter(
      ({ kind, body }) => (kind === 'def' || kind === 'defmacro') && !isQuote(body),
    ),
  );
  return {
    publicNames: new Set(functions.map(({ name }) => name)),
    publicFunctions: new Set(functions.map(({ name, args }) => `${name}/${args.length}`)),
    endpoints: users('Phoenix.Endpoint'),
    gettextBackends: new Set([
      ...users('Gettext.Backend'),
      ...fragments.flatMap((one) =>
        one.exprs.some((expr) => makesBackend(expr, one)) ? (one.module?.name ?? []) : [],
      ),
    ]),
    pureGettextBackends: users('Gettext.Backend'),
    gettextCallers: gettextCallersOf(fragments),
    routesAlias:
      fragments.some(({ aliases }) => aliases.get('Routes')?.endsWith('.Router.Helpers')) &&
      !fragments.some(({ module }) => module?.name === 'Routes'),
    importsHelpers: fragments.some(({ exprs, aliases }) => exprs.some((expr) => importsHelpers(expr, aliases))),
    liveView: users('Phoenix.LiveView').size > 0,
    csrfToken: files.some(({ path, text }) => layout.test(path) && givesToken.test(text)),
    secondsFields: secondsFieldsOf(fragments),
  };
}

/** The functions of `ShopWeb` are there for `use ShopWeb, :name`; nobody calls them by name. */
function isQuote(body: readonly Expr[]): boolean {
  return body.length === 1 && body.every((expr) => callName(expr) === 'quote');
}

function importsHelpers(expr: Expr, aliases: Aliases): boolean {
  const [module] = callName(expr) === 'import' && expr.kind === 'call' ? expr.args : [];
  return (module && moduleName(module, aliases)?.endsWith('.Router.Helpers')) ?? false;
}

const gettext: ReadonlySet<string> = new Set(['Gettext']);

/** Whether a place makes its module a Gettext backend, as before Gettext 0.26: `use Gettext, otp_app: :shop`. */
export function makesBackend(expr: Expr, fragment: Fragment): boolean {
  if (!isDirective(expr, 'use', gettext, fragment)) return false;
  const options = directiveOptions(expr);
  return options.has('otp_app') && !options.has('backend');
}

function uses(fragment: Fragment, name: string): boolean {
  return fragment.exprs.some((expr) => isDirective(expr, 'use', new Set([name]), fragment));
}
