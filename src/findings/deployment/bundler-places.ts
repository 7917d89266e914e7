import { programsOf, scriptCommands } from '../../docker/shell.ts';
import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { bundlerCalls } from './bundler-calls.ts';
import { BundledPackages, mixTask, placed } from './npm-commands.ts';
import { readYaml } from './yaml.ts';

/** What goes or changes with a bundler, the edits that can be proved, and what stands against it. */
export interface BundlerPlaces {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  readonly stands: readonly Finding[];
}

/** Every place that goes or changes with a bundler of npm: commands that build with it, what configures it, what watches. */
export function bundlerPlaces(bundler: string, config: string, context: FindingContext): BundlerPlaces {
  const packages = new BundledPackages(config.replace(/[^/]*$/, ''), context.tree);
  const parts = [
    bundlerCalls(bundler, config, context),
    aliases(bundler, packages, context),
    ownTasks(bundler, packages, context),
    besides(bundler, config, context),
    scripts(bundler, config, packages, context),
    watchers(bundler, config, context),
  ];
  return {
    findings: eachOnce(parts.flatMap(({ findings }) => findings)),
    operations: parts.flatMap(({ operations }) => operations),
    stands: eachOnce(parts.flatMap(({ stands }) => stands)),
  };
}

/** `"cmd npm install --prefix assets"` and `"cmd --cd assets npm ci"` of the aliases of `mix.exs`. */
function aliases(bundler: string, packages: BundledPackages, { build, names, target }: FindingContext): BundlerPlaces {
  const parts = build.manifests.flatMap(({ path, mixfile }) => {
    const { text } = build.elixir(path);
    return mixfile.aliases.map(({ name, value }): BundlerPlaces => {
      const findings = everyExpr([value]).flatMap((expr) => {
        const line = lineAt(text, expr.range.start);
        const what = calledByAlias(plainText(expr), packages);
        const message = `${what} belongs to ${bundler}: assets.setup takes its place`;
        return what === null ? [] : [{ path, line, message }];
      });
      if (findings.length === 0) return nothing;
      const tasks = withMixTasks(name, value, packages, target.profile ?? names.webApp);
      if (tasks === null) return { findings, operations: [], stands: findings };
      const list = `[${tasks.map((task) => JSON.stringify(task)).join(', ')}]`;
      return { findings, operations: [{ kind: 'set-alias', path, alias: name, value: list, order: [] }], stands: [] };
    });
  });
  return {
    findings: parts.flatMap(({ findings }) => findings),
    operations: parts.flatMap(({ operations }) => operations),
    stands: parts.flatMap(({ stands }) => stands),
  };
}

/** `System.cmd("yarn", ["install"], cd: "assets")` and `Mix.shell().cmd("webpack")` in functions of `mix.exs`. */
function ownTasks(bundler: string, packages: BundledPackages, { build }: FindingContext): BundlerPlaces {
  const findings = build.manifests.flatMap(({ path }) => {
    const { text, body } = build.elixir(path);
    const calls = everyExpr(body).filter((expr): expr is CallExpr => expr.kind === 'call' && isCommand(expr));
    return calls.flatMap((call) => {
      const what = calledByAlias(`cmd ${commandLine(call)}`, packages);
      const message = `${what} belongs to ${bundler}: mix assets.setup, or mix assets.deploy, takes its place`;
      return what === null ? [] : [{ path, line: lineAt(text, call.range.start), message }];
    });
  });
  return { findings, operations: [], stands: findings };
}

function isCommand({ target }: CallExpr): boolean {
  const name = target.kind === 'dot' ? target.right : target.kind === 'identifier' ? target.name : null;
  return name === 'cmd' || name === 'shell';
}

/** The command line that a call runs, in the directory that `cd:` says. */
function commandLine({ args: [program, list, ...rest] }: CallExpr): string {
  const words = list?.kind === 'list' ? list.items.map((item) => plainText(item) ?? '') : [];
  const options = keywordPairs(rest.at(-1) ?? list) ?? [];
  const directory = plainText(options.find(({ name }) => name === 'cd')?.value);
  return `${directory === null ? '' : `--cd ${directory} `}${[plainText(program) ?? '', ...words].join(' ')}`;
}

const nothing: BundlerPlaces = { findings: [], operations: [], stands: [] };

/** What of a bundler a task of an alias calls; null where it calls nothing of it. */
function calledByAlias(task: string | null, packages: BundledPackages): string | null {
  const [, directory = '', command] = /^cmd\s+(?:--cd\s+(\S+)\s+)?(.*)$/.exec(task ?? '') ?? [];
  const run = programsOf(scriptCommands(command ?? '')).map((words) => ({ words, line: 1, unit: 1 }));
  const inDirectory = [{ words: ['cd', directory || '.'], line: 1, unit: 1 }, ...run];
  return placed(inDirectory).flatMap((one) => packages.called(one) ?? [])[0] ?? null;
}

/** The tasks of an alias with those of Mix in place of the bundler's; null where one of them is no plain text, or does more. */
function withMixTasks(alias: string, value: Expr, packages: BundledPackages, profile: string): string[] | null {
  const items = value.kind === 'list' ? value.items : [value];
  const texts = items.map((item) => plainText(item));
  const own: Readonly<Record<string, readonly [string, string]>> = {
    'assets.setup': ['esbuild.install --if-missing', `esbuild ${profile}`],
    'assets.build': ['esbuild.install --if-missing', `esbuild ${profile}`],
    'assets.deploy': ['esbuild.install --if-missing', `esbuild ${profile} --minify`],
  };
  const [install, build] = own[alias] ?? ['assets.setup', 'assets.deploy'];
  const setUp = alias === 'setup' ? [install, 'assets.build'] : [install];
  const tasks = texts.flatMap((text) => {
    const what = calledByAlias(text, packages);
    if (what === null) return [text];
    const task = /&&|;|\|/.test(text ?? '') ? null : mixTask(what);
    return task === null ? [null] : task === 'assets.setup' ? setUp : [build];
  });
  const known = tasks.filter((task) => task !== null);
  return known.length === tasks.length ? [...new Set(known)] : null;
}

const configurations: readonly { readonly files: RegExp; readonly what: string; readonly stays: boolean }[] = [
  {
    files: /\.babelrc(?:\.js(?:on)?)?$|babel\.config\.(?:c|m)?js(?:on)?$/,
    what: 'Babel is told for the bundler: esbuild takes a --target',
    stays: false,
  },
  {
    files: /postcss\.config\.(?:c|m)?js$/,
    what: 'PostCSS runs inside the bundler: the tailwind package of Mix needs none',
    stays: true,
  },
  { files: /\.browserslistrc$/, what: 'browsers are named for the bundler: esbuild takes a --target', stays: false },
];

/** Files beside the bundler's own, and the buildpack that runs npm. */
function besides(bundler: string, config: string, context: FindingContext): BundlerPlaces {
  const { tree } = context;
  const directory = config.replace(/[^/]*$/, '');
  const files = tree.paths.flatMap((path) => {
    const known = configurations.find(({ files }) => files.test(path));
    return known && path.startsWith(directory) && !/node_modules/.test(path)
      ? [{ finding: { path, line: 1, message: known.what }, stays: known.stays }]
      : [];
  });
  const message = `the buildpack that runs ${bundler}: take it out, and let hook_post_compile="mix assets.deploy && rm -rf _build/esbuild*" of elixir_buildpack.config build`;
  const packs = buildpacks(context).map((place) => ({ ...place, message }));
  return {
    findings: [...files.map(({ finding }) => finding), ...packs],
    operations: [],
    stands: [...files.flatMap(({ finding, stays }) => (stays ? [finding] : [])), ...packs],
  };
}

/** Where Heroku's buildpack for static files is set up, and where it is asked for. */
function buildpacks({ tree }: FindingContext): Omit<Finding, 'message'>[] {
  const own = tree.paths.filter((path) => /(?:^|\/)phoenix_static_buildpack\.config$/.test(path));
  const asking = tree.paths.filter((path) =>
    /(?:^|\/)(?:app\.json|heroku\.ya?ml|\.buildpacks|project\.toml)$/.test(path),
  );
  return [
    ...own.map((path) => ({ path, line: 1 })),
    ...asking.flatMap((path) =>
      (tree.read(path) ?? '')
        .split('\n')
        .flatMap((line, index) => (/buildpack-phoenix-static/.test(line) ? [{ path, line: index + 1 }] : [])),
    ),
  ];
}

/** Scripts of each `package.json` that call the bundler, or lead to where it is called. */
function scripts(bundler: string, config: string, packages: BundledPackages, { tree }: FindingContext): BundlerPlaces {
  const home = config.replace(/[^/]*$/, '');
  const findings = [...packages.scripts].flatMap(([directory, names]) => {
    const path = directory === '' ? 'package.json' : `${directory}/package.json`;
    const [document] = readYaml(tree.read(path) ?? '');
    return [...names].map((name) => ({
      path,
      line: document?.line(['scripts', name]) ?? 1,
      message: `the script ${name} calls ${bundler}: an alias of mix.exs takes its place`,
    }));
  });
  // The bundler's own package goes along with it.
  return { findings, operations: [], stands: findings.filter(({ path }) => path !== `${home}package.json`) };
}

/** `watchers: [node: ["node_modules/webpack/bin/webpack.js", …]]` */
function watchers(bundler: string, path: string, { config, names }: FindingContext): BundlerPlaces {
  const [, app = names.webApp] = /^apps\/([^/]+)\//.exec(path) ?? [];
  const own = config.entries.filter(
    ({ keyPath, text }) =>
      keyPath[2] === 'watchers' && /webpack|brunch|\bnpm\b|\byarn\b|\bnode\b/.test(`${keyPath.join(' ')} ${text}`),
  );
  const message = `this watcher runs ${bundler}: esbuild: {Esbuild, :install_and_run, [:${app}, ~w(--sourcemap=inline --watch)]} takes its place`;
  const findings = own.map((one) => ({ path: one.path, line: one.line, message }));
  const isKeyed = own.every(({ keyPath }) => keyPath.length === 4);
  return {
    findings,
    operations: isKeyed
      ? own.map((one) => ({
          kind: 'remove-config',
          path: one.path,
          keyPath: one.keyPath,
          environment: one.environment,
        }))
      : [],
    stands: isKeyed ? [] : findings,
  };
}
