import { posix } from 'node:path';
import { comparable } from '../../elixir/canonical.ts';
import { readConfig } from '../../elixir/config/read.ts';
import { listElements } from '../../elixir/list-items.ts';
import { parse } from '../../elixir/parse.ts';
import type { ProjectIndex } from '../index.ts';
import { importsOf } from './imports.ts';

/** Configuration that may say where a bundler writes. */
export function saysOutputs(path: string): boolean {
  return /(?:^|\/)config\/[^/]+\.exs$/.test(path);
}

/** Templates, and modules that may hold some: what may ask for an asset. */
export function isPage(path: string): boolean {
  return /\.(?:heex|eex|leex|ex)$/.test(path) && !/(?:^|\/)(?:deps|node_modules|test)\//.test(path);
}

/**
 * What the bundlers that Mix runs write, as pages ask for it: `/assets/app.js`. Of a bundler whose arguments are computed, or which
 * names its files by a pattern of its own, nothing.
 */
export function outputsOf(index: ProjectIndex): ReadonlySet<string> {
  const files = index.paths.filter(
    (path) => saysOutputs(path) && /:(?:esbuild|tailwind)\b/.test(index.read(path) ?? ''),
  );
  return new Set(files.flatMap((path) => outputsIn(index, path)));
}

function outputsIn(index: ProjectIndex, path: string): string[] {
  const read = (asked: string) => (asked === path ? index.read(path) : undefined);
  const { entries } = readConfig(read, () => [], { build: path, runtime: '' });
  return entries.flatMap(({ keyPath: [tool, , key], text }) => {
    const words = key === 'args' ? wordsOf(text) : [];
    if (tool === 'tailwind') return optionsOf(words, 'output').flatMap(served);
    return tool === 'esbuild' ? bundles(index, words) : [];
  });
}

/** The words of a list of strings, however it is spelt. */
function wordsOf(value: string): string[] {
  const [list] = parse(value).body;
  const elements = list ? listElements(comparable(list)) : [];
  return elements.flatMap((one) => (one.kind === 'string' && typeof one.parts[0] === 'string' ? [one.parts[0]] : []));
}

/** What esbuild makes of its entry points: each a script or a style sheet, and a style sheet beside a script that imports some. */
function bundles(index: ProjectIndex, words: readonly string[]): string[] {
  const [directory, ...more] = optionsOf(words, 'outdir').flatMap(served);
  if (directory === undefined || more.length > 0 || optionsOf(words, 'entry-names').length > 0) return [];
  const entries = words.filter((word) => /^[\w./@-]+\.\w+$/.test(word) && !word.startsWith('-'));
  const top = commonFolder(entries);
  return entries.flatMap((entry) => {
    const stem = `${directory}/${entry.slice(top.length).replace(/\.\w+$/, '')}`;
    if (/css$/.test(entry)) return [`${stem}.css`];
    return [`${stem}.js`, ...(importsStyles(index, entry) ? [`${stem}.css`] : [])];
  });
}

/** The folder, with its slash, that all entry points lie in: below it they keep their places. */
function commonFolder(entries: readonly string[]): string {
  const [first = [], ...rest] = entries.map((entry) => posix.dirname(entry).split('/'));
  const end = first.findIndex((name, at) => rest.some((other) => other[at] !== name));
  const names = end === -1 ? first : first.slice(0, end);
  return names.length === 0 ? '' : `${names.join('/')}/`;
}

function importsStyles(index: ProjectIndex, entry: string): boolean {
  const sources = index.paths.filter((path) => path === entry || path.endsWith(`assets/${entry}`));
  return sources.some((path) =>
    importsOf(path, index.read(path) ?? '').some(({ specifier }) => /css$/.test(specifier)),
  );
}

function optionsOf(words: readonly string[], name: string): string[] {
  return words.flatMap((word) => (word.startsWith(`--${name}=`) ? [word.slice(name.length + 3)] : []));
}

/** The part of a path that a page asks for; nothing of what is not served. */
function served(path: string): string[] {
  const [, rest] = /(?:^|\/)priv\/static(\/.+?)\/?$/.exec(path) ?? [];
  return rest === undefined ? [] : [rest];
}
