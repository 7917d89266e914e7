import { Tuple } from '../../quoted/term.ts';
import { field, structName } from './map.ts';
import type { ElixirMap } from './value.ts';

/** A field of a moment; 0 where it has none of that name. */
export function numberOf(map: ElixirMap, name: string): number {
  const value = field(map, name);
  return typeof value === 'number' ? value : 0;
}

/** Digits of a second's fraction. */
export function precisionOf(map: ElixirMap): number {
  const microsecond = field(map, 'microsecond');
  return microsecond instanceof Tuple ? Number(microsecond.items[1]) : 0;
}

/** A field with zeros before it. */
export function padded(map: ElixirMap, name: string, width = 2): string {
  return String(numberOf(map, name)).padStart(width, '0');
}

function dateText(map: ElixirMap): string {
  return `${padded(map, 'year', 4)}-${padded(map, 'month')}-${padded(map, 'day')}`;
}

function timeText(map: ElixirMap): string {
  const precision = precisionOf(map);
  const fraction = precision === 0 ? '' : `.${'0'.repeat(precision)}`;
  return `${padded(map, 'hour')}:${padded(map, 'minute')}:${padded(map, 'second')}${fraction}`;
}

/** A moment as ISO 8601; null for what is none. */
export function isoText(value: ElixirMap, between = 'T'): string | null {
  switch (structName(value)) {
    case 'Date':
      return dateText(value);
    case 'Time':
      return timeText(value);
    case 'NaiveDateTime':
      return `${dateText(value)}${between}${timeText(value)}`;
    case 'DateTime':
      return `${dateText(value)}${between}${timeText(value)}Z`;
    default:
      return null;
  }
}
