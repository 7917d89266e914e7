import { linesOf } from '../region.ts';
import type { Item } from './item.ts';

/** What stood first in its body and no longer does has a line between it and what is before it. */
export function setApart(item: Item): Item {
  return item.lead === '' && linesOf(item.code).length > 1 ? { ...item, lead: '\n' } : item;
}
