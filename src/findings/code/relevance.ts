import type { CodeRule } from '../rule.ts';
import { type CodeFile, isTemplate } from './code-file.ts';

/** What a text says that decides what names mean in other files. */
const meanings =
  /Phoenix\.(?:Endpoint|LiveView|\{)|\buse[\s(]+Gettext|Gettext\.Backend|Router\.Helpers|defmodule[\s(]+Routes\b/;

/** Tells by plain search which of a project's files are worth parsing for some rules. */
export class Relevance {
  readonly #rules: readonly CodeRule[];
  /** All rules that look into modules, as one: most modules mention nothing of them. */
  readonly #inModules: RegExp;
  readonly #meanings: RegExp;

  constructor(rules: readonly CodeRule[]) {
    this.#rules = rules;
    this.#inModules = anyOf(rules.filter(({ files }) => files === undefined).map(({ mentions }) => mentions));
    // A rule may ask whether the project itself defines a function of the name that it looks for.
    const named = anyOf(rules.filter(({ kind }) => kind === 'expr').map(({ mentions }) => mentions));
    this.#meanings = anyOf([
      meanings,
      ...rules.flatMap(({ tells }) => tells ?? []),
      new RegExp(String.raw`\bdef(?:macro)?[\s(]+(?:${named.source})`),
    ]);
  }

  /** The rules that can hit in a file. */
  rulesFor({ path, text }: CodeFile): CodeRule[] {
    if (!isTemplate(path) && !this.#inModules.test(text)) return [];
    return this.#rules.filter(({ files, mentions }) => (files?.test(path) ?? true) && mentions.test(text));
  }

  /** Whether a file may tell what names mean in others. */
  tellsMeanings(text: string): boolean {
    return this.#meanings.test(text);
  }
}

/** Matches what any of them does; nothing where there is none. */
function anyOf(patterns: readonly RegExp[]): RegExp {
  const sources = new Set(patterns.map(({ source }) => source));
  return sources.size === 0 ? /(?!)/ : new RegExp([...sources].join('|'));
}
