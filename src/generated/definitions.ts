import { createHash } from 'node:crypto';
import { comparable } from '../elixir/canonical.ts';
import { parse } from '../elixir/parse.ts';
import { type Body, type Item, readItems } from '../merge/text/definitions/item.ts';

/** One definition of a module, or a whole template, as it is held against history. */
export interface Definition {
  /** What it is by name and arity under the stored names: `fun log_in_qschema/3`, `describe "…" > test "…"`; `file` for a template. */
  readonly key: string;
  /** Of what it means; layout, comments and where modules lie do not count. */
  readonly hash: string;
  /** Of what is said of it: documentation, specs and comments; null where nothing is. */
  readonly said: string | null;
  /** In its file, from 1. */
  readonly line: number;
}

/** A module of a file or a template, with the part that it plays among what one generator writes. */
export interface Part {
  /** `QschemaAuth`, `QschemaLive.Index`, `qschema_session_html/new.html.heex`: by the end of its name. */
  readonly role: string;
  readonly definitions: readonly Definition[];
}

/** The parts of a file whose text goes by the stored names; none for a kind of file that is not told apart. */
export function partsOf(path: string, text: string): Part[] {
  if (/\.exs?$/.test(path)) return modulesOf(text);
  if (!/\.(?:heex|eex|leex)$/.test(path)) return [];
  const role = path.split('/').slice(-2).join('/');
  return [
    { role, definitions: [{ key: 'file', hash: hashOf(text.replace(/\s+/g, ' ').trim()), said: null, line: 1 }] },
  ];
}

function modulesOf(text: string): Part[] {
  const names = [...text.matchAll(/^defmodule\s+([\w.]+)/gm)].map(([, name = '']) => roleOf(name));
  const file = readItems(parse(withoutPlaces(text)));
  const modules = (file?.items ?? []).filter(({ key, body }) => key.startsWith('defmodule') && body !== null);
  if (modules.length !== names.length) return [];
  return modules.map(({ body }, index) => ({
    role: names[index] ?? '',
    definitions: body === null ? [] : definitionsOf(body, ''),
  }));
}

/** A module's part by its last name; a LiveView's by the two last. */
function roleOf(module: string): string {
  return /(?:\w+Live\.)?\w+$/.exec(module)?.[0] ?? module;
}

/** Where a module lies means nothing: `Shop.Accounts.User` and `Shop.Identity.Member` may be the same thing. */
function withoutPlaces(text: string): string {
  return text.replace(/(?<![\w.])(?:[A-Z]\w*\.)+(?=[A-Z])/g, '').replace(/\b(?:Bcrypt|Argon2|Pbkdf2)\b/g, 'Hashing');
}

function definitionsOf(body: Body, prefix: string): Definition[] {
  return body.items.flatMap((item) => {
    const key = prefix + item.key;
    const described = /^(?:fun|test) /.test(item.key) && item.body !== null;
    if (described) return [describedDefinition(item, key)];
    if (item.body !== null) return definitionsOf(item.body, `${key} > `);
    return [definition(item, key, null)];
  });
}

/** A function with what describes it in front. */
function describedDefinition(item: Item, key: string): Definition {
  const items = item.body?.items ?? [];
  const own = items.at(-1) ?? item;
  const said = [item.lead, ...items.slice(0, -1).map(({ lead, code }) => lead + code)];
  return definition({ ...own, line: item.line }, key, said.join('\n'));
}

/** What an item means is known already, but for one with comments, which have to be told from its code. */
function definition(
  { code, lead, line, meaning }: Omit<Item, 'key' | 'body'>,
  key: string,
  said: string | null,
): Definition {
  const source = meaning === null ? parse(code) : null;
  const comments = source?.comments.map(({ start, end }) => source.text.slice(start, end)).join('\n') ?? '';
  const words = [said ?? '', lead, comments].join('\n').replace(/\s+/g, ' ').trim();
  return {
    key,
    hash: hashOf(meaning ?? source?.body.map((expr) => comparable(expr)).join('\n') ?? ''),
    said: words === '' ? null : hashOf(words),
    line,
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
