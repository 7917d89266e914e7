import { escapeRegExp } from '../elixir/escape-reg-exp.ts';

/** The first module that a text defines. */
export function moduleIn(text: string): string | null {
  return /^defmodule\s+([\w.]+)/m.exec(text)?.[1] ?? null;
}

/** Puts other names in the place of modules, and of those below them, wherever a text names them in full. */
export function renamedModules(names: ReadonlyMap<string, string>): (text: string) => string {
  if (names.size === 0) return (text) => text;
  const longest = [...names.keys()].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const token = new RegExp(`(?<![\\w.])(?:${longest.join('|')})(?![A-Za-z0-9_])`, 'g');
  return (text) => text.replace(token, (name) => names.get(name) ?? name);
}
