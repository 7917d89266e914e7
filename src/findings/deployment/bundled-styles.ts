import { posix } from 'node:path';
import type { Operation } from '../../merge/operation.ts';
import type { FileTree } from '../../project/tree.ts';
import { importedStyles, type StyleImport } from '../../templates/script-imports.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';

/** The style sheets of an app whose bundler goes: what esbuild needs to write them, and what it cannot do. */
export interface BundledStyles {
  readonly operations: readonly Operation[];
  /** Lines that esbuild does not understand, or whose files it does not have. */
  readonly stands: readonly Finding[];
  /** Paths of the sheets that it is about. */
  readonly sheets: readonly string[];
}

const none: BundledStyles = { operations: [], stands: [], sheets: [] };

/**
 * The style sheets that a bundler wrote to `/css/app.css`. esbuild bundles what the script imports, and writes it beside the
 * script; so they stay the app's own, under names that Tailwind's `app.css` does not take.
 */
export function bundledStyles(config: string, context: FindingContext): BundledStyles {
  const { tree, target } = context;
  const assets = config.replace(/[^/]*$/, '');
  const script = `${assets}js/app.js`;
  const text = tree.read(script);
  if (target.scripts === null || text === undefined) return none;
  const imports = importsOf(script, text, config, tree);
  const styles = imports.map(({ path }) => path);
  const all = withImported(styles, tree);
  const faults = all.map((path) => ({ path, ...unbundled(path, tree.read(path) ?? '', tree) }));
  // A sheet of Sass that takes in others says it for them.
  const compiled = faults.filter(({ path, compiled: one }) => one !== null && styles.includes(path));
  const stands = faults.flatMap(({ path, lost, compiled: own }) => [
    ...lost,
    ...(own !== null && (compiled.length === 0 || styles.includes(path)) ? [own] : []),
  ]);
  // Of two that write the same file the later one wins.
  if (styles.length > 0 && target.styles === `${target.scripts}/app.css`)
    stands.push({
      path: styles[0] ?? script,
      line: 1,
      message: `esbuild and Tailwind both write ${target.styles}: import this sheet at the head of assets/css/app.css, for Tailwind, and take its import out of ${script}`,
    });
  if (stands.length > 0 || all.some((path) => !tree.has(path))) return { operations: [], stands, sheets: all };
  const named = new Map(all.map((path) => [path, ownName(path, target.styles !== null, tree)]));
  const moves = [...named].filter(([from, path]) => from !== path);
  const nestedImports = all.filter((path) => !styles.includes(path));
  // A sheet that another one imports keeps its name: what imports it would have to be written anew.
  if (moves.some(([from]) => nestedImports.includes(from))) {
    const [[path = script] = []] = moves.filter(([from]) => nestedImports.includes(from));
    return {
      operations: [],
      stands: [{ path, line: 1, message: 'esbuild reads CSS by its ending: name it .css' }],
      sheets: all,
    };
  }
  const wanted = imports.map(({ from, path }): StyleImport => {
    const to = posix.relative(posix.dirname(script), named.get(path) ?? path);
    return { from, to: to.startsWith('.') ? to : `./${to}` };
  });
  if (wanted.length === 0) {
    const message =
      'no style sheet is imported here: import each one that the bundler took in, so that esbuild writes it';
    return { operations: [], stands: [{ path: script, line: 1, message }], sheets: all };
  }
  return {
    stands: [],
    sheets: all,
    operations: [
      ...moves.map(([from, path]): Operation => ({ kind: 'rename-file', from, path })),
      ...(wanted.every(({ from, to }) => from === to)
        ? []
        : [{ kind: 'script-imports' as const, path: script, imports: wanted, sheets: all }]),
    ],
  };
}

interface ImportedSheet {
  readonly from: string | null;
  readonly path: string;
}

/** What the script imports; Brunch joins all sheets of its directory without being told. */
function importsOf(script: string, text: string, config: string, tree: FileTree): ImportedSheet[] {
  const told = importedStyles(text)
    .filter((name) => name.startsWith('.'))
    .map((from) => ({ from, path: posix.join(posix.dirname(script), from) }));
  if (told.length > 0 || !/brunch-config/.test(config)) return told;
  const directory = `${config.replace(/[^/]*$/, '')}css/`;
  const sheets = tree.paths.filter((path) => path.startsWith(directory) && /\.(?:css|s[ac]ss|less)$/.test(path));
  return [...sheets].sort().map((path) => ({ from: null, path }));
}

const importLine = /^\s*@import\s+(?:url\()?["']([^"']+)["']/;

/** Sheets with those that they import, each once, as paths. */
function withImported(styles: readonly string[], tree: FileTree): string[] {
  const all = new Set(styles);
  // A set hands out what is added while it is walked.
  for (const path of all) {
    for (const line of (tree.read(path) ?? '').split('\n')) {
      const [, name = ''] = importLine.exec(line) ?? [];
      if (name.startsWith('.') && !name.includes('node_modules')) all.add(posix.join(posix.dirname(path), name));
    }
  }
  return [...all];
}

/** What keeps esbuild from bundling a sheet: each file that it does not find, and the first line that only a compiler understands. */
function unbundled(path: string, text: string, tree: FileTree) {
  if (!tree.has(path))
    return { lost: [{ path, line: 1, message: 'this sheet is imported and not there' }], compiled: null };
  const plain = text.replace(/\/\*.*?\*\//gs, (comment) => comment.replace(/[^\n]/g, ' '));
  const lines = plain.split('\n').map((line) => (line.length > longest ? '' : line));
  const lost = lines.flatMap((line, index) => {
    const message = lostFile(line);
    return message === null ? [] : [{ path, line: index + 1, message }];
  });
  const isCompiled = /\.(?:scss|less)$/.test(path);
  // Without braces it is no CSS.
  const first = path.endsWith('.sass') ? 1 : isCompiled ? compiledLine(lines, plain) : null;
  const language = path.endsWith('.less') ? 'Less' : 'Sass';
  const message = `esbuild does not compile ${language}: write plain CSS, or let ${language === 'Less' ? 'a compiler' : 'the dart_sass package of Mix'} write it to priv/static/assets, and link that`;
  return { lost, compiled: first === null ? null : { path, line: first, message } };
}

const longest = 1000;

/** What a line asks for that esbuild does not find, and what to do about it. */
function lostFile(line: string): string | null {
  const [, name] = importLine.exec(line) ?? [];
  if (name?.includes('node_modules') || (name?.endsWith('.css') && /^[\w@~]/.test(name) && name.includes('/')))
    return `${name} comes from npm: copy it to assets/vendor and import it from there, or drop it where nothing needs it any more`;
  const [, asked] = /\burl\(\s*["']?(?!data:|https?:|\/\/|#|\/(?:images|fonts)\/)([^"')]+)/.exec(line) ?? [];
  return name === undefined && asked !== undefined
    ? `esbuild does not find ${asked}: move the file to priv/static/images or fonts and write url("/images/…")`
    : null;
}

const sass =
  /^\s*(?:\$|@(?:include|mixin|extend|use|forward|function|if|each|for|return)\b)|#\{|(?<![:"'(])\/\/|\$[\w-]+|^\s*@import\s+["'][^"']*(?<!\.css)["']/;

/** The first line that is more than CSS; null where all of it is CSS. */
function compiledLine(lines: readonly string[], plain: string): number | null {
  const at = lines.findIndex((line) => sass.test(line));
  return at === -1 ? nestedLine(plain) : at + 1;
}

/** The line of a rule that stands inside of another; conditions and key frames have rules of their own. */
function nestedLine(plain: string): number | null {
  const open: boolean[] = [];
  let from = 0;
  for (const { index, 0: sign } of plain.matchAll(/[{};]/g)) {
    if (sign === '{') {
      const isCondition = /^\s*@(?:media|supports|layer|container|(?:-\w+-)?keyframes)\b/.test(
        plain.slice(from, index),
      );
      if (open.includes(false)) return plain.slice(0, index).split('\n').length;
      open.push(isCondition);
    }
    if (sign === '}') open.pop();
    from = index + 1;
  }
  return null;
}

/** `site.css` for what Tailwind would write `app.css` in the place of. */
function ownName(path: string, isTaken: boolean, tree: FileTree): string {
  const directory = posix.dirname(path);
  const base = posix.basename(path).replace(/\.(?:s[ac]ss|less)$/, '.css');
  const names = base === 'app.css' && isTaken ? ['site.css', 'own.css'] : [base];
  const [name = base] = names.filter(
    (one) => posix.join(directory, one) === path || !tree.has(posix.join(directory, one)),
  );
  return posix.join(directory, name);
}
