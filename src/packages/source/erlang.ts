import type { DefinedModule, DefinedName } from './definitions.ts';

/** The module of an Erlang file with what it exports, named as Elixir names it: `:telemetry`. Null for a header or a script. */
export function erlangModule(text: string): DefinedModule | null {
  const code = text.replace(/^\s*%.*$/gm, '').replace(/\s%[^\n"]*$/gm, '');
  const name = /^-module\(\s*'?([\w.]+)'?\s*\)/m.exec(code)?.[1];
  if (name === undefined) return null;
  const names = new Map<string, DefinedName>();
  for (const [, exported = ''] of code.matchAll(/^-export\(\s*\[([^\]]*)\]\s*\)/gm))
    for (const [, fun, arity] of exported.matchAll(/'?([\w@]+)'?\s*\/\s*(\d+)/g))
      names.set(`${fun}/${arity}`, { kind: 'function', deprecated: null });
  const open = /^-compile\(\s*\[?\s*export_all/m.test(code);
  return { name: `:${name}`, internal: false, open, names, brings: [] };
}
