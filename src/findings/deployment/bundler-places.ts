import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { everyExpr } from '../../elixir/children.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { commandLists, dockerLists } from './command-lists.ts';
import { BundledPackages, placed } from './npm-commands.ts';
import { readYaml } from './yaml.ts';

/** Every place that goes or changes with a bundler of npm: commands that build with it, what configures it, what watches. */
export function bundlerPlaces(bundler: string, config: string, context: FindingContext): Finding[] {
  const packages = new BundledPackages(config.replace(/[^/]*$/, ''), context.tree);
  return eachOnce([
    ...commands(bundler, packages, context),
    ...aliases(bundler, packages, context),
    ...besides(bundler, config, context),
    ...scripts(bundler, packages, context),
    ...watchers(bundler, context),
  ]);
}

/** `npm run deploy`, `cd assets && yarn`, `webpack --mode production`: commands of scripts, images and workflows. */
function commands(bundler: string, packages: BundledPackages, context: FindingContext): Finding[] {
  const lists = [...commandLists(context), ...dockerLists(context)].filter(({ path }) => !/package\.json$/.test(path));
  return lists.flatMap(({ path, programs }) => {
    const found = placed(programs).flatMap((one) => {
      const what = packages.called(one);
      const message = `${what} belongs to ${bundler}: mix assets.deploy takes its place`;
      return what === null ? [] : [{ path, line: one.line, message }];
    });
    // A line that installs and builds is one place.
    return found.filter(({ line }, index) => found.findIndex((one) => one.line === line) === index);
  });
}

/** `"cmd npm install --prefix assets"` and `"cmd --cd assets npm ci"` of the aliases of `mix.exs`. */
function aliases(bundler: string, packages: BundledPackages, { build }: FindingContext): Finding[] {
  return build.manifests.flatMap(({ path, mixfile }) => {
    const { text } = build.elixir(path);
    return mixfile.aliases
      .flatMap(({ value }) => everyExpr([value]))
      .flatMap((expr) => {
        const [, directory = '', command] = /^cmd\s+(?:--cd\s+(\S+)\s+)?(.*)$/.exec(plainText(expr) ?? '') ?? [];
        const line = lineAt(text, expr.range.start);
        const run = programsOf(scriptCommands(command ?? '')).map((words) => ({ words, line, unit: line }));
        const inDirectory = [{ words: ['cd', directory || '.'], line, unit: line }, ...run];
        return placed(inDirectory)
          .flatMap((one) => packages.called(one) ?? [])
          .slice(0, 1)
          .map((what) => ({ path, line, message: `${what} belongs to ${bundler}: assets.setup takes its place` }));
      });
  });
}

const configurations: readonly { readonly files: RegExp; readonly what: string }[] = [
  {
    files: /\.babelrc(?:\.js(?:on)?)?$|babel\.config\.(?:c|m)?js(?:on)?$/,
    what: 'Babel is told for the bundler: esbuild takes a --target',
  },
  {
    files: /postcss\.config\.(?:c|m)?js$/,
    what: 'PostCSS runs inside the bundler: the tailwind package of Mix needs none',
  },
  { files: /\.browserslistrc$/, what: 'browsers are named for the bundler: esbuild takes a --target' },
];

/** Files beside the bundler's own, and the buildpack that runs npm. */
function besides(bundler: string, config: string, context: FindingContext): Finding[] {
  const { tree } = context;
  const directory = config.replace(/[^/]*$/, '');
  const files = tree.paths.flatMap((path) => {
    const known = configurations.find(({ files }) => files.test(path));
    return known && path.startsWith(directory) && !/node_modules/.test(path)
      ? [{ path, line: 1, message: known.what }]
      : [];
  });
  const message = `the buildpack that runs ${bundler}: mix assets.deploy builds without it`;
  return [...files, ...buildpacks(context).map((place) => ({ ...place, message }))];
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
function scripts(bundler: string, packages: BundledPackages, { tree }: FindingContext): Finding[] {
  return [...packages.scripts].flatMap(([directory, names]) => {
    const path = directory === '' ? 'package.json' : `${directory}/package.json`;
    const [document] = readYaml(tree.read(path) ?? '');
    return [...names].map((name) => ({
      path,
      line: document?.line(['scripts', name]) ?? 1,
      message: `the script ${name} calls ${bundler}: an alias of mix.exs takes its place`,
    }));
  });
}

/** `watchers: [node: ["node_modules/webpack/bin/webpack.js", …]]` */
function watchers(bundler: string, { config, names }: FindingContext): Finding[] {
  const own = config.entries.filter(
    ({ keyPath, text }) =>
      keyPath[2] === 'watchers' && /webpack|brunch|\bnpm\b|\byarn\b|\bnode\b/.test(`${keyPath.join(' ')} ${text}`),
  );
  const message = `this watcher runs ${bundler}: esbuild: {Esbuild, :install_and_run, [:${names.webApp}, ~w(--sourcemap=inline --watch)]} takes its place`;
  return own.map(({ path, line }) => ({ path, line, message }));
}
