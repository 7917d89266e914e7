import { Atom, Float, Tuple } from '../../quoted/term.ts';
import { structName } from './map.ts';
import { isoText } from './moment.ts';
import { sortedPairs } from './order.ts';
import { Bytes, ElixirMap, isList, type Value } from './value.ts';

const operators = new Set(
  '+ - * / ++ -- +++ --- .. <> | || ||| && &&& ! ^ = == != =~ === !== < > <= >= |> <- -> => & :: \\\\ @ . ... %{} {} <<>> %'.split(
    ' ',
  ),
);
/** Elements of a list or map that are shown, as `inspect` limits them unless told otherwise. */
const shown = 50;

/** A value as `inspect/1` shows it, on one line. */
export function inspect(value: Value): string {
  if (value instanceof Atom) return inspectAtom(value.name);
  if (typeof value === 'number') return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (typeof value === 'string') return inspectText(value);
  if (value instanceof Bytes) return `<<${limited([...value.bytes].map(String)).join(', ')}>>`;
  if (value instanceof Tuple) return `{${(value.items as readonly Value[]).map(inspect).join(', ')}}`;
  if (isList(value)) return inspectList(value);
  return value instanceof ElixirMap ? inspectMap(value) : '#Function<…>';
}

export function floatText(value: number): string {
  const text = String(value).replace('e+', 'e');
  if (text.includes('.')) return text;
  return text.includes('e') ? text.replace('e', '.0e') : `${text}.0`;
}

function limited(items: string[]): string[] {
  return items.length > shown ? [...items.slice(0, shown), '...'] : items;
}

function inspectAtom(name: string): string {
  if (name === 'nil' || name === 'true' || name === 'false') return name;
  if (name === 'Elixir') return name;
  if (/^Elixir(\.[A-Z]\w*)+$/.test(name)) return name.slice('Elixir.'.length);
  return `:${isPlainAtom(name) ? name : inspectText(name)}`;
}

function isPlainAtom(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_@]*[?!]?$/u.test(name) || operators.has(name);
}

function keyText(name: string): string {
  return `${isPlainAtom(name) && !operators.has(name) ? name : inspectText(name)}: `;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
  '\v': '\\v',
  '\f': '\\f',
  '\x1b': '\\e',
  '\x7f': '\\d',
  '\0': '\\0',
  '#{': '\\#{',
};

/** In double quotes, with escapes. */
export function inspectText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are escaped
  const escaped = text.replace(/["\\\x00-\x1f\x7f]|#\{/g, (found) => escapes[found] ?? hex(found));
  return `"${escaped}"`;
}

function hex(character: string): string {
  return `\\x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function inspectList(list: readonly Value[]): string {
  const keys = list.map(keyOfPair);
  if (list.length > 0 && isPrintable(list)) return `~c${inspectText(String.fromCodePoint(...(list as number[])))}`;
  if (list.length > 0 && keys.every((key) => key !== null)) {
    const pairs = list.map(
      (item, index) => `${keyText(keys[index] ?? '')}${inspect((item as Tuple<Value>).items[1] as Value)}`,
    );
    return `[${limited(pairs).join(', ')}]`;
  }
  return `[${limited(list.slice(0, shown + 1).map(inspect)).join(', ')}]`;
}

function isPrintable(list: readonly Value[]): boolean {
  return list.every(
    (item) => typeof item === 'number' && ((item >= 32 && item < 127) || (item >= 7 && item <= 13) || item === 27),
  );
}

/** Key of `{:key, value}` that keywords can show. */
function keyOfPair(item: Value): string | null {
  if (!(item instanceof Tuple) || item.items.length !== 2) return null;
  const [key] = item.items;
  return key instanceof Atom && !key.name.startsWith('Elixir.') ? key.name : null;
}

/** Structs that show as a sigil, by their letters. */
const sigils: Readonly<Record<string, string>> = { Date: 'D', Time: 'T', NaiveDateTime: 'N', DateTime: 'U' };

function inspectMap(map: ElixirMap): string {
  const struct = structName(map);
  const sigil = struct === null ? undefined : sigils[struct];
  if (sigil !== undefined) return `~${sigil}[${isoText(map, ' ')}]`;
  const pairs = sortedPairs(map).filter(
    ([key]) => !(struct !== null && key instanceof Atom && key.name === '__struct__'),
  );
  const isKeyed = pairs.every(([key]) => key instanceof Atom && !key.name.startsWith('Elixir.'));
  const shownPairs = pairs.map(([key, value]) =>
    isKeyed ? `${keyText((key as Atom).name)}${inspect(value)}` : `${inspect(key)} => ${inspect(value)}`,
  );
  return `%${struct ?? ''}{${limited(shownPairs).join(', ')}}`;
}
