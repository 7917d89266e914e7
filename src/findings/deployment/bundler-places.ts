import { mixTasks } from '../../docker/stages.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { commandLists, dockerLists } from './command-lists.ts';

/** Every place that goes or changes with a bundler of npm: commands that build with it, what configures it, what watches. */
export function bundlerPlaces(bundler: string, config: string, context: FindingContext): Finding[] {
  return eachOnce([
    ...commands(bundler, config, context),
    ...besides(bundler, config, context),
    ...scripts(bundler, config, context),
    ...watchers(bundler, context),
  ]);
}

/** `npm run deploy`, `cd assets && yarn`, `webpack --mode production`: commands of scripts, images and workflows. */
function commands(bundler: string, config: string, context: FindingContext): Finding[] {
  const { tree } = context;
  const own = config.replace(/[^/]*$/, 'package.json');
  // Where other packages of npm are built, a command does not tell which ones it is for.
  const isOnly = tree.paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path) && !/node_modules/.test(path))
    .every((path) => path === own);
  const lists = [...commandLists(context), ...dockerLists(context)].filter(({ path }) => path !== own);
  return lists.flatMap(({ path, programs }) => {
    const found = programs.flatMap(({ line, words }) => {
      const what = bundling(words, isOnly);
      const message = `${what} belongs to ${bundler}: mix assets.deploy takes its place`;
      return what === null ? [] : [{ path, line, message }];
    });
    // A line that installs and builds is one place.
    return found.filter(({ line }, index) => found.findIndex((one) => one.line === line) === index);
  });
}

/** What of a command is a bundler's; null for any other. */
function bundling(words: readonly string[], isOnly: boolean): string | null {
  const [program = '', ...rest] = words;
  if (/(?:^|\/)(?:webpack|brunch)(?:\.js)?$/.test(program)) return program.replace(/^.*\//, '');
  if (mixTasks(words).length > 0 || !/^(?:npm|npx|yarn|pnpm)$/.test(program)) return null;
  if (rest.some((word) => /^(?:webpack|brunch)$/.test(word))) return words.slice(0, 2).join(' ');
  const isOfAssets = rest.some((word) => /(?:^|\/)assets(?:\/|$)/.test(word)) || isOnly;
  const builds = rest.length === 0 || rest.some((word) => /^(?:ci|install|run|deploy|build|compile|watch)$/.test(word));
  return isOfAssets && builds
    ? `${program} ${rest
        .filter((word) => /^[a-z][\w:-]*$/.test(word))
        .slice(0, 2)
        .join(' ')}`.trim()
    : null;
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
function besides(bundler: string, config: string, { tree }: FindingContext): Finding[] {
  const directory = config.replace(/[^/]*$/, '');
  const files = tree.paths.flatMap((path) => {
    const known = configurations.find(({ files }) => files.test(path));
    return known && path.startsWith(directory) && !/node_modules/.test(path)
      ? [{ path, line: 1, message: known.what }]
      : [];
  });
  const buildpack = tree.paths.filter((path) => /(?:^|\/)phoenix_static_buildpack\.config$/.test(path));
  const message = `the buildpack that runs ${bundler}: mix assets.deploy builds without it`;
  return [...files, ...buildpack.map((path) => ({ path, line: 1, message }))];
}

/** Scripts of the `package.json` that call the bundler. */
function scripts(bundler: string, config: string, { tree }: FindingContext): Finding[] {
  const path = config.replace(/[^/]*$/, 'package.json');
  const lines = (tree.read(path) ?? '').split('\n');
  return lines.flatMap((line, index) => {
    const [, name] = /^\s*"([\w:-]+)"\s*:\s*"[^"]*\b(?:webpack|brunch)\b[^"]*\s[^"]*"/.exec(line) ?? [];
    return name === undefined
      ? []
      : [
          {
            path,
            line: index + 1,
            message: `the script ${name} calls ${bundler}: an alias of mix.exs takes its place`,
          },
        ];
  });
}

/** `watchers: [node: ["node_modules/webpack/bin/webpack.js", …]]` */
function watchers(bundler: string, { config }: FindingContext): Finding[] {
  const own = config.entries.filter(
    ({ keyPath, text }) =>
      keyPath[2] === 'watchers' && /webpack|brunch|\bnpm\b|\byarn\b|\bnode\b/.test(`${keyPath.join(' ')} ${text}`),
  );
  const message = `this watcher runs ${bundler}: esbuild and Tailwind have watchers of their own`;
  return own.map(({ path, line }) => ({ path, line, message }));
}
