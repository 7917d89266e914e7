import type { Expr, Source } from '../../elixir/ast.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { parse } from '../../elixir/parse.ts';
import { type RouterModel, routerModel } from '../../elixir/router/routes.ts';
import { wordsOf } from '../../elixir/words.ts';
import type { Operation } from '../../merge/operation.ts';
import type { RoutesTask } from '../../rewrites/operation.ts';
import { ProjectIndex } from '../../symbols/index.ts';
import type { FindingContext } from '../context.ts';
import type { CodePlace } from '../rule.ts';
import { isElixir } from './code-file.ts';
import { fileScope } from './file-scope.ts';
import { pathsOf } from './rewriting.ts';

/** The operations that turn the route helpers of files into verified routes, as far as the routers can be read. */
export function routeOperations(places: readonly CodePlace[], context: FindingContext): Operation[] {
  const index = ProjectIndex.of(context.tree);
  const paths = pathsOf(places);
  const tasks = routersOf(index).flatMap((model) => {
    const project = projectTask(model, index);
    return project ? [project] : [];
  });
  // With several routers the owner of an imported or aliased helper would have to be told apart file by file.
  const [task, second] = tasks;
  if (task === undefined || second !== undefined) return [];
  const owners = paths.flatMap((path) => (isElixir(path) ? [] : (ownerOf(path, index) ?? [])));
  // A test case gives its users ~p before they are looked at.
  return [...new Set([...quotingAlias(task, index), ...paths, ...owners])].flatMap((path): Operation[] => {
    const own = fileTask(path, task, index);
    return own === null ? [] : [{ kind: 'rewrite', path, task: own }];
  });
}

/** Files whose quotes give their users the alias of the helpers, the web module aside: its own step gives it `~p`. */
function quotingAlias({ router, web }: RoutesTask, index: ProjectIndex): string[] {
  return index
    .mentioning([`${router}.Helpers`])
    .filter((path) => path !== web.path && isElixir(path) && /\bquote\b/.test(index.text(path) ?? ''));
}

/** The file of the module that takes a template in. */
function ownerOf(template: string, index: ProjectIndex): string | undefined {
  const name = index.embedded.moduleOf(template);
  return name === undefined ? undefined : index.module(name)?.path;
}

function routersOf(index: ProjectIndex): RouterModel[] {
  return routerSources(index).flatMap((source) => routerModel(source) ?? []);
}

/** Files that may define a router. */
export function routerSources(index: ProjectIndex): Source[] {
  const paths = index.mentioning(['Phoenix.Router', ':router']).filter((path) => path.endsWith('.ex'));
  return paths.map((path) => parse(index.text(path) ?? ''));
}

/** What holds for all files of the project. */
function projectTask(model: RouterModel, index: ProjectIndex): RoutesTask | null {
  const web = index.module(model.module.slice(0, model.module.lastIndexOf('.')));
  if (web === undefined) return null;
  const helpers = `${model.module}.Helpers`;
  const users = index.mentioning([helpers, 'Router.Helpers']).flatMap((path) => index.text(path) ?? []);
  return {
    name: 'verified-routes',
    router: model.module,
    routes: model.routes,
    macros: model.macros,
    statics: staticsOf(web.path, index),
    alias: users.some((text) => /alias[\s(]+[\w.]*Router\.Helpers\s*,\s*as:\s*Routes/.test(text)),
    imported: users.some((text) => /import[\s(]+[\w.]*Router\.Helpers/.test(text)),
    web: { module: web.name, path: web.path },
    beside: [web.path],
    isOwner: false,
  };
}

/** The names that `static_paths` lists, else those that the endpoint serves. */
function staticsOf(webPath: string, index: ProjectIndex): readonly string[] {
  const own = functionsOf(modulesOf(parse(index.text(webPath) ?? '')).flatMap(({ body }) => body));
  const listed = own.find(({ name }) => name === 'static_paths')?.body.at(-1);
  if (listed) return wordsOf(listed) ?? [];
  const [endpoint] = index.mentioning(['Plug.Static']).filter((path) => path.endsWith('endpoint.ex'));
  const plugs = modulesOf(parse((endpoint && index.text(endpoint)) ?? '')).flatMap(({ body }) => body);
  const plug = plugs.find((expr) => callName(expr) === 'plug' && expr.kind === 'call' && isStatic(expr.args[0]));
  const options = plug?.kind === 'call' ? (keywordPairs(plug.args.at(-1)) ?? []) : [];
  const only = options.find(({ name }) => name === 'only')?.value;
  return wordsOf(only) ?? [];
}

function isStatic(expr: Expr | undefined): boolean {
  return expr?.kind === 'alias' && expr.name === 'Plug.Static';
}

/** The task for one file: with the routes that it names, and the files that decide on what is in scope there. */
function fileTask(path: string, task: RoutesTask, index: ProjectIndex): RoutesTask | null {
  const text = index.text(path);
  if (text === undefined) return null;
  const owner = isElixir(path) ? undefined : ownerOf(path, index);
  // A template that no known module takes in may be compiled where there is no ~p.
  if (!isElixir(path) && owner === undefined) return null;
  const named = new Set([...text.matchAll(/\b(\w+)_(?:path|url)\b/g)].map(([, name]) => name));
  const modules = index.file(path).modules;
  return {
    ...task,
    routes: task.routes.filter(({ helper }) => named.has(helper)),
    beside: [...new Set([task.web.path, ...fileScope(path, index).beside])].sort(),
    isOwner: modules.some(({ name }) => index.embedded.of(name).length > 0),
  };
}
