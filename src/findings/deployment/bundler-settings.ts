import type { FileTree } from '../../project/tree.ts';
import { eachOnce, type Finding } from '../finding.ts';

/** What a bundler's configuration does beyond bundling one script: each has to be told to esbuild in another way, or stays behind. */
const settings: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /\bProvidePlugin\s*\(/,
    what: 'names that every script finds: esbuild takes --inject with a file that exports them',
  },
  { pattern: /\bDefinePlugin\s*\(/, what: 'values written into scripts: esbuild takes --define' },
  {
    pattern: /^\s*globals\s*:/,
    what: 'packages that every script finds by a name: esbuild takes --inject with a file that exports them',
  },
  { pattern: /^\s*copycat\s*:/, what: 'files that are copied: git mv them to priv/static' },
  {
    pattern: /^\s*includePaths\s*:/,
    what: 'directories that Sass looks into: the dart_sass package takes --load-path',
  },
  {
    pattern: /\b(?:plugins|presets)\s*:\s*\[+\s*["'](?!@babel\/(?:preset-)?env|env["']|es2015)/,
    what: 'Babel is told how to compile: esbuild knows JSX and new syntax by itself, and takes no plugin of Babel',
  },
  { pattern: /^\s*externals\s*:/, what: 'packages left out of the bundle: esbuild takes --external' },
  { pattern: /^\s*alias\s*:/, what: 'other names for paths: esbuild takes --alias' },
  {
    pattern: /\btest\s*:\s*\/[^/]*\b(?:woff2?|ttf|eot|svg|png)\b/,
    what: 'files that scripts and stylesheets name: esbuild takes a --loader for each ending, or --external for paths that are served',
  },
];

/** Lines of the configuration that say more than a new project's, and stylesheets that a bundler compiles. */
export function bundlerSettings(config: string, text: string, tree: FileTree, bundled: readonly string[]): Finding[] {
  const lines = text.split('\n').map((line) => line.replace(/\/\/.*/, ''));
  const said = lines.flatMap((line, index) =>
    settings
      .filter(({ pattern }) => line.length < longest && pattern.test(line))
      .map(({ what }) => ({ path: config, line: index + 1, message: what })),
  );
  return eachOnce([
    ...said,
    ...entries(config, lines),
    ...joined(config, lines),
    ...stylesheets(config, tree, bundled),
  ]);
}

const longest = 500;

/** `admin: ["./js/admin.js"]` of `entry:`, beside the app's own. */
function entries(path: string, lines: readonly string[]): Finding[] {
  const start = lines.findIndex((line) => /\bentry\s*:\s*\{\s*$/.test(line));
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*\}/.test(line));
  return rest.slice(0, end === -1 ? 0 : end).flatMap((line, index) => {
    const [, name = ''] = /^\s*['"]?([\w./-]+)['"]?\s*:/.exec(line.slice(0, longest)) ?? [];
    if (name === '' || /(?:^|\/)app(?:\.js)?$/.test(name)) return [];
    const message = `the entry ${name} is the app's own: name its file in the args of esbuild, too`;
    return [{ path, line: start + index + 2, message }];
  });
}

/** `"css/kit.css": "css/kit.scss"` of `joinTo`, beside the app's own, as Brunch has it. */
function joined(path: string, lines: readonly string[]): Finding[] {
  if (!/brunch-config/.test(path)) return [];
  return lines.flatMap((line, index) => {
    const [, name = ''] =
      /^\s*["']((?:css|js)\/[\w.-]+\.(?:css|js))["']\s*:\s*["'[/^]/.exec(line.slice(0, longest)) ?? [];
    if (name === '' || /\/app\.\w+$/.test(name) || lines[index - 1]?.includes('autoRequire')) return [];
    const message = `${name} is written beside the app's own: name its source in the args of esbuild, too`;
    return [{ path, line: index + 1, message }];
  });
}

/** What only Sass or Less understands. */
const compiled = /^\s*(?:\$[\w-]+\s*:|@(?:include|mixin|extend|use|forward|function|if|each|for)\b)/m;

/** Stylesheets that neither others nor the script take in, in a language that esbuild leaves as it is. */
function stylesheets(config: string, tree: FileTree, bundled: readonly string[]): Finding[] {
  const directory = config.replace(/[^/]*$/, '');
  return tree.paths
    .filter((path) => path.startsWith(directory) && /\/[^_/][^/]*\.(?:scss|sass|less)$/.test(path))
    .filter((path) => !/(?:^|\/)(?:node_modules|vendor|deps)\//.test(path))
    .filter((path) => !bundled.includes(path) && (path.endsWith('.sass') || compiled.test(tree.read(path) ?? '')))
    .map((path) => {
      const language = path.endsWith('.less') ? 'Less' : 'Sass';
      const way = language === 'Sass' ? 'the dart_sass package of Mix does, or write it as CSS' : 'write it as CSS';
      return { path, line: 1, message: `esbuild does not compile ${language}: ${way}` };
    });
}
