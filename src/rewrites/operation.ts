import type { RouteHelper } from '../elixir/router/routes.ts';

/** What is rewritten, with all that has to be known of the project for it. */
export type RewriteTask =
  | {
      readonly name:
        | 'flash'
        | 'layout-names'
        | 'html-helpers'
        | 'live-components'
        | 'let'
        | 'navigation'
        | 'config-env'
        | 'logger'
        | 'component-imports'
        | 'csrf-token';
    }
  /** `keys` are those that nothing sets at run time: `shop.mailer`. */
  | { readonly name: 'compile-env'; readonly keys: readonly string[] }
  /** `backends` are the project's Gettext backends. */
  | { readonly name: 'gettext'; readonly backends: readonly string[] }
  | RenderNamesTask
  | ComponentScopeTask
  | LinksTask
  | LiveTitleTask
  | FormsTask
  | HeexTask
  | RoutesTask;

/** Helpers for links to `<.link>`. */
export interface LinksTask {
  readonly name: 'links';
  readonly helpers: readonly string[];
  readonly scope: FileScope;
}

/** `live_title_tag` to `<.live_title>`. */
export interface LiveTitleTask {
  readonly name: 'live-title';
  readonly scope: FileScope;
}

/** Components for all that takes in a role's quote: `use ShopWeb, :view`. */
export interface ComponentScopeTask {
  readonly name: 'component-scope';
  /** `view` */
  readonly role: string;
}

/** `form_for` with a function to `<.form>`. */
export interface FormsTask {
  readonly name: 'forms';
  readonly scope: FileScope;
  /** Why `<.form>` would be another component there; null where it is Phoenix's. */
  readonly refusal: string | null;
}

/** Names of templates that controllers render, as atoms. */
export interface RenderNamesTask {
  readonly name: 'render-names';
  /** In which formats each controller is asked for pages; null where that does not show. */
  readonly formats: Readonly<Record<string, readonly string[] | null>>;
}

/** Templates of EEx and attributes with EEx tags to HEEx. */
export interface HeexTask {
  readonly name: 'heex';
  /** Where components may be written; null where the target has none for it. */
  readonly scope: FileScope | null;
  /** Why a template of its own has to stay EEx, as far as other files say so. */
  readonly refusal?: string | null;
}

/** What decides on the names that hold in a file. */
export interface FileScope {
  /** The module that takes it in where it is a template; null where none is known. */
  readonly owner: string | null;
  /** Files of the modules that its own, or its owner, use. */
  readonly beside: readonly string[];
}

/** Route helpers to verified routes. */
export interface RoutesTask {
  readonly name: 'verified-routes';
  /** `ShopWeb.Router`, whose helpers are `ShopWeb.Router.Helpers`. */
  readonly router: string;
  /** Routes of the helpers that the file names, in the router's order. */
  readonly routes: readonly RouteHelper[];
  /** Macros of the router that may make routes of their own. */
  readonly macros: readonly string[];
  /** First segments of paths that are static files. */
  readonly statics: readonly string[];
  /** Whether `Routes` stands for the helpers where the module does not say so itself. */
  readonly alias: boolean;
  /** Whether helpers are imported, and called without their module. */
  readonly imported: boolean;
  /** The module that gives its users `~p`: `use ShopWeb, :verified_routes`. */
  readonly web: { readonly module: string; readonly path: string };
  /** Files that say whether a module of this one has `~p` already. */
  readonly beside: readonly string[];
  /** Whether other files, templates for one, are compiled into the module: they may use its aliases. */
  readonly isOwner: boolean;
}

/** Rewrites the user's own code in one file, wherever it can be proved that it then does the same. */
export interface RewriteOperation {
  readonly kind: 'rewrite';
  readonly path: string;
  readonly task: RewriteTask;
  /** Where the file goes once nothing of the task is left in it: `show.html.heex`. */
  readonly to?: string;
}
