import { Tuple } from '../../quoted/term.ts';
import { Refusal } from '../refusal.ts';
import { inspect } from './inspect.ts';
import { field, structName } from './map.ts';
import { sortedPairs } from './order.ts';
import { ElixirMap, isList, type Value } from './value.ts';

/** The longest range that is counted out. */
const longestRange = 100_000;

/** What `Enum` goes through: the elements of a list, the pairs of a map, the numbers of a range. */
export function elements(value: Value): readonly Value[] {
  if (isList(value)) return value;
  if (structName(value) === 'Range') return numbersOf(value as ElixirMap);
  if (value instanceof ElixirMap && structName(value) === null)
    return sortedPairs(value).map(([key, item]) => new Tuple<Value>([key, item]));
  throw new Refusal('unknown', `Enumerable of ${inspect(value)}`);
}

function numbersOf(range: ElixirMap): number[] {
  const [first, last, step] = ['first', 'last', 'step'].map((name) => Number(field(range, name))) as [
    number,
    number,
    number,
  ];
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > longestRange) throw new Refusal('limit', `a range of ${count}`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}
