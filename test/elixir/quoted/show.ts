import { Atom, Float, type Quoted, Tuple } from '../../../src/elixir/quoted/term.ts';

/** A quoted expression as Elixir's `inspect` shows it, without metadata: `{:if, [x, [do: 1]]}` as `(if x [{do: 1}])`. */
export function show(quoted: Quoted): string {
  if (quoted instanceof Atom) return `:${quoted.name}`;
  if (quoted instanceof Float) return `float ${quoted.value}`;
  if (typeof quoted === 'string') return JSON.stringify(quoted);
  if (Array.isArray(quoted)) return `[${quoted.map(show).join(' ')}]`;
  if (!(quoted instanceof Tuple)) return String(quoted);
  const [first, second, third] = quoted.items as [Quoted, Quoted, Quoted];
  if (quoted.items.length === 2) return `{${show(first)} ${show(second)}}`;
  const head = first instanceof Atom ? first.name : show(first);
  if (!Array.isArray(third)) return head;
  return head === '__aliases__' && third.every((part) => part instanceof Atom)
    ? third.map((part) => part.name).join('.')
    : `(${[head, ...third.map(show)].join(' ')})`;
}
