import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { display } from '../../elixir/canonical.ts';
import { everyExpr } from '../../elixir/children.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import { type BuildFiles, callsOf } from '../build-files.ts';
import type { Finding } from '../finding.ts';

export const distilleryConfig = 'rel/config.exs';

/** A release as Distillery's configuration declares it. */
export interface DistilleryRelease {
  readonly name: string;
  /** Names of apps with the way in which each is started, `permanent`. */
  readonly applications: readonly { readonly name: string; readonly start: string }[];
  /** The app whose version the release has; null where it is said otherwise. */
  readonly versionOf: string | null;
}

/** What names a module of Distillery in a configuration. */
export function usesDistillery(body: readonly Expr[]): Expr[] {
  return everyExpr(body).filter((expr) => expr.kind === 'alias' && /Distillery|Mix\.Releases/.test(expr.name));
}

/** Whether Distillery makes the releases of a project, or has left its configuration there. */
export function isOnDistillery(build: BuildFiles): boolean {
  return build.hasDep('distillery') || usesDistillery(build.elixir(distilleryConfig).body).length > 0;
}

/** The releases that Distillery makes of a project; none where it has no configuration of it. */
export function distilleryReleases(build: BuildFiles): DistilleryRelease[] {
  const { body } = build.elixir(distilleryConfig);
  if (usesDistillery(body).length === 0) return [];
  return callsOf(body, ['release']).flatMap((call) => {
    const [name] = call.args;
    if (name?.kind !== 'atom') return [];
    const settings = callsOf([call], ['set']).flatMap(({ args: [options] }) => keywordPairs(options) ?? []);
    const own = (key: string) => settings.find((pair) => pair.name === key)?.value;
    const [versionOf] = callsOf(
      [own('version')].flatMap((value) => value ?? []),
      ['current_version'],
    ).flatMap(({ args: [app] }) => (app?.kind === 'atom' ? app.name : []));
    return { name: name.name, applications: applicationsOf(own('applications')), versionOf: versionOf ?? null };
  });
}

/** `[:runtime_tools, shop: :permanent]`: what only is named starts as what is permanent does. */
function applicationsOf(value: Expr | undefined): DistilleryRelease['applications'] {
  if (value === undefined) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    if (item.kind === 'atom') return [{ name: item.name, start: 'permanent' }];
    if (item.kind !== 'keywords') return [];
    return item.pairs.flatMap(({ name, value: start }) => (start.kind === 'atom' ? [{ name, start: start.name }] : []));
  });
}

/** A setting of `rel/config.exs` that stays to be carried over by a person, in the words of what to write. */
const advice: Readonly<Record<string, (shown: string) => string>> = {
  overlays: () =>
    'files copied into the release: git mv each to its place below rel/overlays, which mix release copies as it is',
  commands: () =>
    'own commands: rel/overlays/bin/NAME takes the place of each, a script that execs bin/RELEASE eval "Module.function()"',
  config: () => 'configuration of the release alone: move it into config/runtime.exs, below config_env() == :prod',
  cookie: () => 'a secret: set RELEASE_COOKIE where the release runs, or each build makes one of its own',
  config_providers: (shown) =>
    `config providers: config/runtime.exs takes the place of Distillery's own; any other stands as config_providers: ${providersOfMix(shown)} of the release in mix.exs, if its version is a Config.Provider of Elixir`,
  pre_start_hooks: () => 'a hook: call it in rel/env.sh.eex, where RELEASE_COMMAND is start or daemon',
  pre_configure_hooks: () => 'a hook: call it in rel/env.sh.eex, which runs before the configuration is read',
  post_start_hooks: () =>
    'a hook: what has to follow the start belongs to the supervision tree, as the last child of the application',
};

/** A list of providers as Elixir takes it: variables of a path stand in a tuple, since nothing replaces them in a string. */
function providersOfMix(shown: string): string {
  return shown
    .replace(/\bDistillery\.Releases\.Config\.Providers\.Elixir\b/g, 'Config.Reader')
    .replace(/"\$\{(\w+)\}([^"]*)"/g, (_whole, name: string, rest: string) => {
      const root = name === 'RELEASE_ROOT_DIR' ? 'RELEASE_ROOT' : name;
      return `{:system, "${root}", "${rest}"}`;
    });
}

function hookAdvice(name: string): string {
  return (
    advice[name]?.('') ??
    'a hook: write a script in rel/overlays/bin that calls bin/NAME with the command, and then what the hook does'
  );
}

/** Settings of `rel/config.exs` that the step carries over: the arguments of the VM, and own commands where scripts call what they called. */
export function carriedBySteps(
  text: string,
  body: readonly Expr[],
  areCommandsCarried: boolean,
  others: ReadonlyMap<string, string>,
): Finding[] {
  const settings = callsOf(body, ['set']).flatMap(({ args: [options] }) => keywordPairs(options) ?? []);
  return settings.flatMap((pair) => {
    const other = others.get(pair.name);
    const isEmpty = pair.value.kind === 'list' && pair.value.items.length === 0;
    if (isEmpty) return [];
    const isCarried =
      other !== undefined || pair.name === 'vm_args' || (pair.name === 'commands' && areCommandsCarried);
    const instead =
      other !== undefined
        ? other
        : pair.name === 'vm_args'
          ? 'rel/vm.args.eex takes its place'
          : 'scripts in rel/overlays/bin take their place';
    const line = lineAt(text, pair.range.start);
    return isCarried
      ? [{ path: distilleryConfig, line, message: `${pair.name} ${display(pair.value)}: ${instead}` }]
      : [];
  });
}

/** Settings of `rel/config.exs` that a person has to carry over, one by one. */
export function carriedOver(
  text: string,
  body: readonly Expr[],
  areCommandsCarried: boolean,
  others: ReadonlyMap<string, string>,
): Finding[] {
  const at = (expr: Expr, message: string) => ({
    path: distilleryConfig,
    line: lineAt(text, expr.range.start),
    message,
  });
  const inDevelopment = new Set(everyExpr(developmentOf(body)));
  const production = (call: CallExpr) => !inDevelopment.has(call);
  const plugins = callsOf(body, ['plugin'])
    .filter(production)
    .map((call) =>
      at(
        call,
        `${call.args.map((arg) => display(arg)).join(', ')}: a plugin: write it as a function in steps: [:assemble, &Module.function/1] of the release in mix.exs`,
      ),
    );
  const settings = callsOf(body, ['set'])
    .filter(production)
    .flatMap((call) =>
      (keywordPairs(call.args[0]) ?? []).flatMap((pair) => {
        const isHook = /^(?:pre|post)_\w+_hooks?$/.test(pair.name);
        const say = advice[pair.name.replace(/_hook$/, '_hooks')];
        if ((pair.name === 'commands' && areCommandsCarried) || others.has(pair.name)) return [];
        // One that is read from somewhere is no secret in the sources.
        if (pair.name === 'cookie' && !isWritten(pair.value)) return [];
        const value = pair.name === 'cookie' ? '' : ` ${display(pair.value)}`;
        const message = isHook ? hookAdvice(pair.name.replace(/_hook$/, '_hooks')) : say?.(display(pair.value));
        return message === undefined ? [] : [at(pair, `${pair.name}${value}: ${message}`)];
      }),
    );
  return [...plugins, ...settings];
}

/** The file of arguments for the VM that production is released with. */
export function vmArgumentsPath(build: BuildFiles): string {
  const { body } = build.elixir(distilleryConfig);
  const inDevelopment = new Set(everyExpr(developmentOf(body)));
  const told = callsOf(body, ['set'])
    .filter((call) => !inDevelopment.has(call))
    .flatMap(({ args: [options] }) => (keywordPairs(options) ?? []).filter(({ name }) => name === 'vm_args'))
    .map(({ value }) => plainText(value)?.replace(/^(?:\.\/)+/, ''));
  return told.find((path) => path !== undefined && build.tree.has(path)) ?? 'rel/vm.args';
}

function developmentOf(body: readonly Expr[]): CallExpr[] {
  return callsOf(body, ['environment']).filter(({ args: [name] }) => name?.kind === 'atom' && name.name === 'dev');
}

function isWritten({ kind }: Expr): boolean {
  return kind === 'atom' || kind === 'string';
}
