import { mixTasks } from '../../docker/stages.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, type Stand, sighting } from '../rule.ts';
import { bundledStyles } from './bundled-styles.ts';
import { bundlerPlaces } from './bundler-places.ts';
import { bundlerSettings } from './bundler-settings.ts';
import { scriptFindings } from './command-lists.ts';
import { servedPages } from './served-pages.ts';
import { readYaml } from './yaml.ts';

/** What of the asset tools has to change hands, and scripts that delete what open pages still load. */
export const assetRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'old-bundler',
    topic: 'esbuild',
    look: oldBundler,
  },
  {
    kind: 'project',
    id: 'old-assets-deleted',
    topic: 'old-assets-deleted',
    look: deletedAssets,
  },
];

const bundlers: readonly { readonly name: string; readonly file: RegExp }[] = [
  { name: 'Brunch', file: /(?:^|\/)brunch-config\.js$/ },
  {
    name: 'webpack',
    file: /(?:^|\/)webpack[\w.]*\.config\.(?:c|m)?[jt]s$|(?:^|\/)webpack\.config[\w.]*\.(?:c|m)?[jt]s$/,
  },
];

/** Packages that Phoenix's own webpack and Brunch projects came with, or that Phoenix's deps bring. */
const generated =
  /^(?:phoenix(?:_html|_live_view)?|@babel\/(?:core|preset-env)|babel-(?:core|loader|preset-env|brunch)|(?:clean-css|uglify-js|css|javascript)-brunch|brunch|webpack(?:-cli|-dev-server)?|copy-webpack-plugin|(?:mini-css-extract|optimize-css-assets|css-minimizer|terser)(?:-webpack)?-?(?:webpack-)?plugin|css-loader|sass-loader|sass|node-sass|nprogress|topbar|hard-source-webpack-plugin|tailwindcss|postcss(?:-loader|-import)?|autoprefixer|alpinejs|file-loader|style-loader|uglifyjs-webpack-plugin)$/;

function oldBundler(context: FindingContext): Sighting[] {
  const { tree } = context;
  return bundlers.flatMap(({ name, file }) => {
    const path = tree.paths.find((one) => file.test(one) && !/(?:^|\/)(?:deps|node_modules|test)\//.test(one));
    if (path === undefined) return [];
    const packages = path.replace(/[^/]*$/, 'package.json');
    const text = tree.read(path) ?? '';
    const pages = servedPages(name, path, context);
    const styles = bundledStyles(path, context);
    // What no page asks for need not be written.
    const unwritten = pages.asking.length === 0 ? [] : styles.stands;
    const lost = [
      ...ownPackages(packages, tree.read(packages) ?? ''),
      ...ownLoaders(path, text),
      // Pages in another language than Phoenix's own may ask for them.
      ...bundlerSettings(path, text, tree, hasOtherPages(context) && pages.asking.length === 0 ? [] : styles.sheets),
    ];
    const served = copiedFiles(path, text, tree.paths);
    const places = bundlerPlaces(name, path, context);
    const stands: Stand[] = [
      ...lost,
      ...places.stands,
      ...unwritten.map((one) => ({ ...one, whileStaying: pages.asking })),
    ];
    const findings = [
      { path, line: 1, message: `${name} is replaced by esbuild and Tailwind, which come as Mix deps` },
      ...lost,
      ...places.findings,
      ...unwritten,
      ...pages.findings,
      ...served
        .filter((one) => !generatedFiles.test(one))
        .map((one) => ({
          path: one,
          line: 1,
          message: `${name} copies it to priv/static: git mv it there, where git has to track it, before ${name} goes`,
        })),
    ];
    const operations = [
      ...pages.operations.filter(({ from }) => styles.stands.length === 0 || !from.endsWith('.css')),
      ...styles.operations,
      ...movedFiles(path, served, context),
      ...places.operations,
    ];
    // What a bundler does beyond the usual keeps it there, and with it what it writes and copies.
    const isHeld = stands.some(({ whileStaying }) => whileStaying === undefined);
    return [{ findings: eachOnce(findings), operations: isHeld ? [] : operations, stands }];
  });
}

function hasOtherPages({ tree }: FindingContext): boolean {
  return tree.paths.some((path) => /\.html\.(?:haml|slime?|drab|pug)$/.test(path));
}

/** Pictures and the like that the generator itself put there, and that it moves. */
const generatedFiles = /\/(?:favicon\.ico|robots\.txt|images\/phoenix\.png|(?:css|js)\/app\.\w+)$/;

/** Files that a bundler only copies: those below `static/`, and what CopyWebpackPlugin is told. */
function copiedFiles(config: string, text: string, paths: readonly string[]): string[] {
  const directory = config.replace(/[^/]*$/, '');
  const told = [...text.matchAll(/\bfrom:\s*(?:path\.\w+\(__dirname,\s*)?['"](?:\.?\/)*([\w./-]+)/g)];
  const sources = ['static', ...told.map(([, from = '']) => from.replace(/\/$/, ''))];
  const copied = paths.filter((path) => sources.some((source) => path.startsWith(`${directory}${source}/`)));
  return copied.filter((path) => !/(?:^|\/)(?:node_modules|\.gitkeep)(?:\/|$)/.test(path));
}

/** The files that a bundler copied, where they are served from; git has to track what no build makes any more. */
function movedFiles(config: string, files: readonly string[], { tree }: FindingContext): Operation[] {
  const source = config.replace(/[^/]*$/, 'static/');
  const served = config.replace(/(?:assets\/)?[^/]*$/, 'priv/static/');
  const moves = files.flatMap((from): Operation[] => {
    const to = from.replace(source, served);
    return from.startsWith(source) && !tree.has(to) ? [{ kind: 'rename-file', from, path: to }] : [];
  });
  const ignored = config.startsWith('apps/') ? config.replace(/assets\/[^/]*$/, '.gitignore') : '.gitignore';
  const patterns = ['/priv/static/', '/priv/static'].filter((line) =>
    (tree.read(ignored) ?? '').split(/\r?\n/).includes(line),
  );
  if (moves.length === 0 || patterns.length === 0) return moves;
  return [
    { kind: 'ignore-remove', path: ignored, patterns },
    { kind: 'ignore-add', path: ignored, patterns: ['/priv/static/assets/', '/priv/static/cache_manifest.json'] },
    ...moves,
  ];
}

/** Tools of developers, which no bundler puts into what pages load. */
const tools =
  /^(?:@types\/|@?eslint|prettier|stylelint|jest|vitest|mocha|chai|cypress|playwright|husky|lint-staged|commitlint|nodemon|npm-run-all)/;

/** So many packages beside the first are said in one sentence. */
const many = 4;

/** npm packages of the app's own: they have to be vendored, or npm has to stay. */
function ownPackages(path: string, text: string): Finding[] {
  const [document] = readYaml(text);
  const value =
    typeof document?.value === 'object' && document.value !== null ? (document.value as Record<string, unknown>) : {};
  return ['dependencies', 'devDependencies'].flatMap((group) => {
    const list = value[group];
    const names = typeof list === 'object' && list !== null ? Object.keys(list) : [];
    const own = names.filter((name) => !generated.test(name) && !tools.test(name));
    const [first, ...others] = own;
    if (first !== undefined && others.length >= many) {
      const message = `the packages ${own.join(', ')} are the app's own: keep npm for them, or vendor them`;
      return [{ path, line: document?.line([group, first]) ?? 1, message }];
    }
    return own.map((name) => ({
      path,
      line: document?.line([group, name]) ?? 1,
      message: `the package ${name} is the app's own: keep npm for it, or vendor it`,
    }));
  });
}

/** Loaders and plugins that a webpack configuration names beyond those of the generator. */
function ownLoaders(path: string, text: string): Finding[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.replace(/\/\/.*/, '').matchAll(/['"]([@\w/-]+-(?:loader|plugin))(?:\?[^'"]*)?['"]/g)].flatMap(
        ([, name = '']) =>
          generated.test(name)
            ? []
            : [{ path, line: index + 1, message: `${name} has no counterpart that comes with esbuild` }],
      ),
    );
}

function deletedAssets({ build }: FindingContext): Sighting[] {
  const message = 'deletes digested assets that open pages still load; let mix phx.digest.clean keep the last versions';
  return sighting(build.scripts.flatMap((script) => scriptFindings(script, deletesAssets, message)));
}

function deletesAssets(words: readonly string[]): boolean {
  if (mixTasks(words).includes('phx.digest.clean')) return words.includes('--all');
  return (
    words[0] === 'rm' &&
    words.some((word) => /(?:^|\/)priv\/static\/?(?:\*|$)|(?:^|\/)priv\/static\/(?:assets|js|css)\/?\*?$/.test(word))
  );
}
