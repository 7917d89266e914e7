import type { CallExpr, Expr, PairExpr, Source } from '../ast.ts';
import { type Statement, statementsOf } from '../condition.ts';
import { type Aliases, aliasesOf, callName, moduleName } from '../module.ts';
import { keywordPairs } from '../options.ts';
import { plainText } from '../plain-text.ts';
import { routerOf } from './read.ts';

/** One route under the name that its path helper has: `product_review_path(conn, :show, product, review)`. */
export interface RouteHelper {
  /** `product_review` */
  readonly helper: string;
  /** `:show`; for a LiveView without action its full name. */
  readonly action: string;
  /** `/products/:product_id/reviews/:id`; null where it cannot be read. */
  readonly pattern: string | null;
  /** Whether the route is there under a condition only. */
  readonly conditional: boolean;
}

/** What a router's path helpers stand for. */
export interface RouterModel {
  readonly module: string;
  /** In the router's order: of two alike, helpers take the first. */
  readonly routes: readonly RouteHelper[];
  /** Macros of unknown make, which may define routes of their own. */
  readonly macros: readonly string[];
}

/** Reads the routes of the router that a file defines; null where it defines none. Source: Phoenix.Router and its Helpers. */
export function routerModel(source: Source): RouterModel | null {
  const module = routerOf(source);
  if (module === undefined) return null;
  const reading = new RouteReader(aliasesOf(module));
  for (const statement of statementsOf(module.body)) reading.statement(statement, top);
  return { module: module.name, routes: reading.routes, macros: [...reading.macros].sort() };
}

/** How many values a pattern takes. */
export function paramsOf(pattern: string): number {
  return pattern.split('/').filter((segment) => /^[:*]/.test(segment)).length;
}

/** What scopes and resources around a route put before it. Null stands for what cannot be read. */
interface Around {
  readonly path: string | null;
  readonly as: readonly string[] | null;
  readonly alias: readonly string[];
  /** Texts that names stand for inside `for prefix <- ["/", "/en"]`. */
  readonly names: ReadonlyMap<string, string>;
}

const top: Around = { path: '', as: [], alias: [], names: new Map() };
const verbs = /^(?:get|post|put|patch|delete|head|options|connect|trace)$/;
/** Lines of a router that make no routes. */
const silent = /^(?:use|import|alias|require|pipeline|pipe_through|plug|@|def\w*|socket|forward)$/;
const pluralActions = ['index', 'edit', 'new', 'show', 'create', 'update', 'delete'];

class RouteReader {
  readonly routes: RouteHelper[] = [];
  readonly macros = new Set<string>();
  readonly #aliases: Aliases;

  constructor(aliases: Aliases) {
    this.#aliases = aliases;
  }

  statement({ expr, condition }: Statement, around: Around): void {
    const name = callName(expr);
    if (expr.kind !== 'call' || name === undefined) {
      if (expr.kind === 'identifier') this.macros.add(expr.name);
      return;
    }
    const inside = { around, conditional: condition !== null };
    if (verbs.test(name)) this.#verb(expr.args, inside);
    else if (name === 'match') this.#verb(expr.args.slice(1), inside);
    else if (name === 'live') this.#live(expr, inside);
    else if (name === 'resources') this.#resources(expr, condition, around);
    else if (name === 'scope') this.#block(expr, condition, this.#scope(expr, around));
    else if (name === 'live_session') this.#block(expr, condition, around);
    else if (name === 'for' && eachOf(expr) !== null)
      for (const names of eachOf(expr) ?? [])
        this.#block(expr, condition, { ...around, names: new Map([...around.names, ...names]) });
    else if (!silent.test(name)) this.macros.add(name);
  }

  #block({ block }: CallExpr, condition: string | null, around: Around): void {
    for (const statement of statementsOf(block?.body ?? [], condition)) this.statement(statement, around);
  }

  /** `scope "/admin", ShopWeb.Admin, as: :admin do`, and its other forms. */
  #scope({ args }: CallExpr, around: Around): Around {
    const { path, as, alias, names } = around;
    const options = optionsOf(args);
    const positional = args.filter((arg) => keywordPairs(arg) === null);
    const given = optionOf(options, 'path') ?? positional.find((arg) => arg.kind !== 'alias' && arg.kind !== 'atom');
    const name = positional.find((arg) => arg.kind === 'alias') ?? optionOf(options, 'alias');
    return {
      path: given === undefined ? path : joined(path, textOf(given, names)),
      as: withName(as, optionOf(options, 'as')),
      alias: name?.kind === 'atom' && name.name === 'false' ? [] : [...alias, ...this.#name(name)],
      names,
    };
  }

  #name(expr: Expr | undefined): string[] {
    const name = expr && moduleName(expr, this.#aliases);
    return name === undefined ? [] : [name];
  }

  /** `get "/", PageController, :index, as: :home` */
  #verb([path, controller, action, ...more]: readonly Expr[], { around, conditional }: Place): void {
    const options = optionsOf(more);
    const [name] = this.#name(controller);
    if (action?.kind !== 'atom' || name === undefined) return;
    this.#add(around, {
      conditional,
      own: optionOf(options, 'as') ?? resourceName(name, 'Controller'),
      action: `:${action.name}`,
      pattern: textOf(path, around.names),
    });
  }

  /** `live "/piers/:id", PierLive.Show, :show, as: :pier` */
  #live({ args }: CallExpr, { around, conditional }: Place): void {
    const options = optionsOf(args);
    const [path, view, action] = args;
    const [name] = this.#name(view);
    if (name === undefined) return;
    const isNamed = action?.kind === 'atom' && action.name !== 'nil';
    const own = optionOf(options, 'as') ?? (isNamed ? liveName(name) : 'live');
    const full = [...around.alias, name].join('.');
    if (own !== null)
      this.#add(around, {
        conditional,
        own,
        action: isNamed ? `:${action.name}` : full,
        pattern: textOf(path, around.names),
      });
  }

  /** `resources "/products", ProductController, only: [:index] do … end` */
  #resources(call: CallExpr, condition: string | null, around: Around): void {
    const [first, controller] = call.args;
    const [name] = this.#name(controller);
    if (name === undefined) return;
    const options = optionsOf(call.args);
    const singleton = isTrue(optionOf(options, 'singleton'));
    const path = textOf(first, around.names);
    const own = optionOf(options, 'as') ?? plainText(optionOf(options, 'name')) ?? resourceName(name, 'Controller');
    const param = plainText(optionOf(options, 'param')) ?? 'id';
    const member = singleton ? path : joined(path, `:${param}`);
    const conditional = condition !== null;
    const places: Readonly<Record<string, string | null>> = {
      index: path,
      new: joined(path, 'new'),
      create: path,
      edit: joined(member, 'edit'),
      show: member,
      update: member,
      delete: member,
    };
    for (const action of actionsOf(options, singleton))
      this.#add(around, { conditional, own, action: `:${action}`, pattern: places[action] ?? null });
    const parent = plainText(optionOf(options, 'name')) ?? resourceName(name, 'Controller');
    this.#block(call, condition, {
      path: joined(around.path, singleton ? path : joined(path, `:${parent}_${param}`)),
      as: withName(around.as, typeof own === 'string' ? nameExpr(own) : own),
      alias: [...around.alias, ...this.#name(optionOf(options, 'alias'))],
      names: around.names,
    });
  }

  #add({ path, as }: Around, route: NamedRoute): void {
    const name = typeof route.own === 'string' ? route.own : nameOf(route.own);
    if (name === null || as === null) return;
    const { action, conditional } = route;
    const pattern = route.pattern === null || path === null ? null : joined(path, route.pattern) || '/';
    this.routes.push({ helper: [...as, name].join('_'), action, pattern, conditional });
  }
}

interface Place {
  readonly around: Around;
  readonly conditional: boolean;
}

interface NamedRoute {
  /** The name, or the expression that gives it. */
  readonly own: string | Expr;
  readonly action: string;
  readonly pattern: string | null;
  readonly conditional: boolean;
}

/** What the name of a `for` over texts that are written out stands for each time; null for any other `for`. */
function eachOf({ args }: CallExpr): readonly (readonly [[string, string]])[] | null {
  const [generator, more] = args;
  if (more !== undefined || generator?.kind !== 'binary' || generator.operator !== '<-') return null;
  const { left, right } = generator;
  if (left.kind !== 'identifier' || right.kind !== 'list') return null;
  const texts = right.items.flatMap((item) => plainText(item) ?? []);
  return texts.length === right.items.length ? texts.map((text) => [[left.name, text]] as const) : null;
}

/** The text of a string, with names in it that stand for texts; null where it does not show. */
function textOf(expr: Expr | undefined, names: Around['names']): string | null {
  if (expr?.kind === 'identifier') return names.get(expr.name) ?? null;
  if (expr?.kind !== 'string') return null;
  const parts = expr.parts.map((part) => (typeof part === 'string' ? part : textOf(part, names)));
  return parts.includes(null) ? null : parts.join('');
}

function optionsOf(args: readonly Expr[]): readonly PairExpr[] {
  return args.flatMap((arg) => keywordPairs(arg) ?? []);
}

function optionOf(options: readonly PairExpr[], key: string): Expr | undefined {
  return options.find(({ name }) => name === key)?.value;
}

function isTrue(expr: Expr | undefined): boolean {
  return expr?.kind === 'atom' && expr.name === 'true';
}

/** `:admin` and `"admin"` name a helper; `nil` and `false` leave a route without. */
function nameOf(expr: Expr): string | null {
  if (expr.kind === 'atom') return /^(?:nil|false)$/.test(expr.name) ? null : expr.name;
  return plainText(expr);
}

function nameExpr(name: string): Expr {
  return { kind: 'atom', name, quoted: null, range: { start: 0, end: 0 } };
}

/** A scope's names with one more; none can be told where that one cannot be read. */
function withName(as: readonly string[] | null, expr: Expr | undefined): readonly string[] | null {
  if (expr === undefined || as === null) return as;
  if (expr.kind === 'atom' && expr.name === 'false') return [];
  if (expr.kind === 'atom' && expr.name === 'nil') return as;
  const name = nameOf(expr);
  return name === null ? null : [...as, name];
}

/** The actions of resources; none where they cannot be read. */
function actionsOf(options: readonly PairExpr[], singleton: boolean): readonly string[] {
  const all = singleton ? pluralActions.filter((one) => one !== 'index') : pluralActions;
  const only = optionOf(options, 'only');
  const except = optionOf(options, 'except');
  if (only) return atomsOf(only) ?? [];
  if (!except) return all;
  const left = atomsOf(except);
  return left === null ? [] : all.filter((one) => !left.includes(one));
}

/** `[:index, :show]`, `~w(index show)a` */
function atomsOf(expr: Expr): readonly string[] | null {
  if (expr.kind === 'sigil' && /^[wW]$/.test(expr.name) && expr.modifiers === 'a') {
    return expr.parts.flatMap((part) => (typeof part === 'string' ? part.split(/\s+/).filter(Boolean) : []));
  }
  if (expr.kind !== 'list') return null;
  const names = expr.items.flatMap((item) => (item.kind === 'atom' ? [item.name] : []));
  return names.length === expr.items.length ? names : null;
}

function joined(path: string | null, more: string | null): string | null {
  if (path === null || more === null) return null;
  const segments = [...path.split('/'), ...more.split('/')].filter((one) => one !== '');
  return segments.length === 0 ? '' : `/${segments.join('/')}`;
}

/** `product` for `ShopWeb.ProductController`. */
function resourceName(module: string, suffix: string): string {
  const last = module.slice(module.lastIndexOf('.') + 1);
  return underscored(last.endsWith(suffix) ? last.slice(0, -suffix.length) : last);
}

/** `pier_show` for `PierLive.Show`; null where LiveView wants `:as`. */
function liveName(module: string): string | null {
  const parts = module.split('.');
  const first = parts.findIndex((part) => part.endsWith('Live'));
  if (first === -1) return null;
  const names = parts.slice(first).map((part) => underscored(part.replace(/Live$/, '')));
  return names.filter((name) => name !== '').join('_') || null;
}

function underscored(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
