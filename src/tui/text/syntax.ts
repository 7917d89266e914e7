import type { Paint, StyledText } from './line.ts';

/** Languages that have colours here. */
export type Language = 'elixir' | 'docker' | 'plain';

type TokenKind = 'comment' | 'string' | 'atom' | 'module' | 'keyword' | 'number';

const paints: Readonly<Record<TokenKind, Paint>> = {
  comment: { dim: true },
  string: { color: 'green' },
  atom: { color: 'cyan' },
  module: { bold: true },
  keyword: { color: 'magenta' },
  number: { color: 'blue' },
};

/**
 * Tokens of one line. A patch shows lines out of their context, so each is read alone: inside a heredoc the colours
 * may be off, and nothing but colours rests on them.
 */
const elixir =
  /(?<comment>#.*)|(?<string>~[a-zA-Z]+(?:"[^"]*"?|\([^)]*\)?|\[[^\]]*\]?|\{[^}]*\}?|\/[^/]*\/?)|"(?:\\.|[^"\\])*"?:?|'(?:\\.|[^'\\])*'?)|(?<atom>:"(?:\\.|[^"\\])*"?|(?<!:):[a-zA-Z_][\w@]*[?!]?|\b[a-z_]\w*[?!]?:(?!:))|(?<module>\b[A-Z]\w*(?:\.[A-Z]\w*)*)|(?<keyword>(?<![.\w])(?:defmodule|defmacro|defp?|defstruct|defimpl|defprotocol|do|end|fn|if|unless|else|case|cond|with|for|when|in|and|or|not|import|alias|require|use|config|quote|unquote|raise|true|false|nil)\b(?![?!:]))|(?<number>\b\d[\d_]*(?:\.\d+)?\b)/g;
const docker =
  /(?<comment>^\s*#.*)|(?<keyword>^\s*(?:FROM|ARG|ENV|RUN|COPY|ADD|WORKDIR|USER|CMD|ENTRYPOINT|EXPOSE|LABEL|VOLUME|HEALTHCHECK|SHELL|STOPSIGNAL|ONBUILD)\b|\bAS\b)|(?<string>"(?:\\.|[^"\\])*"?|'[^']*'?)|(?<atom>\$\{[^}]*\}?|\$\w+|(?<=\s)--?[a-z][\w-]*)|(?<number>\b\d+(?:\.\d+)*\b)/g;

export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.exs?$/.test(name)) return 'elixir';
  return /^Dockerfile|\.Dockerfile$/i.test(name) ? 'docker' : 'plain';
}

/** One line of code in colours. `text` is escaped. */
export function colouredCode(text: string, language: Language): readonly StyledText[] {
  if (language === 'plain') return [{ text }];
  const spans: StyledText[] = [];
  let at = 0;
  for (const match of text.matchAll(language === 'elixir' ? elixir : docker)) {
    if (match.index > at) spans.push({ text: text.slice(at, match.index) });
    spans.push({ text: match[0], ...paintOf(match.groups ?? {}) });
    at = match.index + match[0].length;
  }
  if (at < text.length || spans.length === 0) spans.push({ text: text.slice(at) });
  return spans;
}

function paintOf(groups: Readonly<Record<string, string | undefined>>): Paint {
  const kind = (Object.keys(paints) as TokenKind[]).find((name) => groups[name] !== undefined);
  return kind === undefined ? {} : paints[kind];
}
