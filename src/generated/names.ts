import { escapeRegExp } from '../elixir/escape-reg-exp.ts';
import { type Names, renameTokens } from '../elixir/names.ts';

/** The names that a generator was given, and gave everything that it wrote. */
export interface CallNames {
  /** Last part of the context's module, `Accounts`; null for generators that have none. */
  readonly context: string | null;
  /** Last part of the schema's module, `User`. */
  readonly schema: string;
  /** As in variables and functions, `user`. */
  readonly singular: string;
  /** As in paths and functions, `users`. */
  readonly plural: string;
  /** Of the database; mostly the plural. */
  readonly table: string;
  /** The assign that holds a login's scope, where it is not `current_scope`. */
  readonly assign?: string;
}

/** Names of the app and of the call under which hashes are stored: words that nothing else is called by. */
export const storedApp: Names = { app: 'qapp', webApp: 'qapp', module: 'Qapp', webModule: 'QappWeb' };
export const storedNames: CallNames = {
  context: 'Qcontext',
  schema: 'Qschema',
  singular: 'qschema',
  plural: 'qplurals',
  table: 'qplurals',
};

/** Rewrites a text that goes by one app's names and one call's as if it had been generated under the stored ones. */
export function storedTextOf(app: Names, names: CallNames): (text: string) => string {
  const replacements = new Map<string, string>();
  const pairs = [
    [names.context, storedNames.context],
    [names.schema, storedNames.schema],
    [camelized(names.plural), camelized(storedNames.plural)],
    [names.table, storedNames.table],
    [names.plural, storedNames.plural],
    [names.singular, storedNames.singular],
    [names.assign, 'current_scope'],
    // As people read it: `Order item`, `order items`.
    [sentence(names.singular), storedNames.schema],
    [sentence(names.plural), camelized(storedNames.plural)],
    [spaced(names.plural), storedNames.plural],
    [spaced(names.singular), storedNames.singular],
  ] as const;
  for (const [from, to] of pairs) if (from && to && !replacements.has(from)) replacements.set(from, to);
  const token = tokensOf(names, [...replacements.keys()]);
  return (text) => renameTokens(text, app, storedApp).replace(token, (found) => replacements.get(found) ?? found);
}

/**
 * Words of a call where they stand for themselves: `User` begins `UserAuth` but not `Userland`, `user` is part of `log_in_user`
 * but not of `superuser`; a context's name is followed by nothing but what its fixtures and tests are called.
 */
function tokensOf({ context }: CallNames, words: readonly string[]): RegExp {
  const alternatives = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const escaped = escapeRegExp(word);
      if (word === context) return `${escaped}(?=Fixtures|Test\\b|[^A-Za-z0-9]|$)`;
      return /^[A-Z]/.test(word) ? `${escaped}(?![a-z0-9])` : `${escaped}(?![A-Za-z0-9])`;
    });
  return new RegExp(`(?<![A-Za-z0-9])(?:${alternatives.join('|')})`, 'g');
}

/** `admin_user` → `AdminUser`. */
export function camelized(word: string): string {
  return word
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function spaced(word: string): string {
  return word.replaceAll('_', ' ');
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + spaced(word.slice(1));
}

/** A name of what a generator writes, a part or a function, as it is under the names of a project. */
export function ownNameOf(stored: string, names: CallNames): string {
  return stored
    .replaceAll(storedNames.context ?? '', names.context ?? '')
    .replaceAll(camelized(storedNames.plural), camelized(names.plural))
    .replaceAll(storedNames.schema, names.schema)
    .replaceAll(storedNames.singular, names.singular)
    .replaceAll(storedNames.plural, names.plural);
}
