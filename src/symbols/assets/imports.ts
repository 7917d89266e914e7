import { parse } from 'es-module-lexer/minimal/js';
import { lineAt } from '../../elixir/position.ts';

/** What a script or style sheet asks for by name, as it is written. */
export interface AssetImport {
  /** `../vendor/topbar`, `phoenix_html`, `tailwindcss`. */
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

/** Scripts and style sheets that a build reads; what it wrote lies in `priv/static`. */
export function isAsset(path: string): boolean {
  return /\.(?:m?js|cjs|jsx|tsx?|s?css)$/.test(path) && !/(?:^|\/)(?:priv\/static|node_modules|deps)\//.test(path);
}

/** The imports of an asset; none of a script that cannot be read. */
export function importsOf(path: string, text: string): readonly AssetImport[] {
  return /css$/.test(path) ? styleImports(text) : scriptImports(text);
}

function scriptImports(text: string): AssetImport[] {
  try {
    const [imports] = parse(text);
    const found = imports.flatMap(({ n, s }) => (n === undefined ? [] : [{ specifier: n, line: lineAt(text, s) }]));
    return [...found, ...requires(text)];
  } catch {
    return requires(text);
  }
}

/** `require("…")` with a plain text, as configuration of tools has it; the lexer is for modules. */
function requires(text: string): AssetImport[] {
  return matches(text.replace(/^\s*\/\/.*$/gm, blank), /\brequire\(\s*["']([^"'\n]+)["']\s*\)/g);
}

/** `@import`, `@plugin` and `@config`; `@source` names folders, which may be empty. */
function styleImports(text: string): AssetImport[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, blank);
  return matches(code, /@(?:import|plugin|config|use|forward)\s+(?:url\(\s*)?["']?([^"')\s;{]+)/g);
}

function matches(text: string, pattern: RegExp): AssetImport[] {
  return [...text.matchAll(pattern)].map(({ 1: specifier = '', index }) => ({ specifier, line: lineAt(text, index) }));
}

/** Nothing in place of a comment, its lines and length kept. */
function blank(comment: string): string {
  return comment.replace(/[^\n]/g, ' ');
}
