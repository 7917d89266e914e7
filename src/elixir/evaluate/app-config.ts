import { Tuple } from '../quoted/term.ts';
import type { Value } from './values/value.ts';
import { isList } from './values/value.ts';

/** What config files say of each app, as far as they were loaded. */
export class AppConfig {
  readonly #values = new Map<string, Map<string, Value>>();

  get(app: string, key: string): Value | undefined {
    return this.#values.get(app)?.get(key);
  }

  /** As `config` puts it: keywords are merged with those that were there. */
  put(app: string, key: string, value: Value): void {
    const keys = this.#values.get(app) ?? new Map<string, Value>();
    keys.set(key, merged(keys.get(key), value));
    this.#values.set(app, keys);
  }
}

function merged(before: Value | undefined, value: Value): Value {
  if (before === undefined || !isKeywords(before) || !isKeywords(value)) return value;
  const replaced = value.map((item) => (item as Tuple<Value>).items[0]);
  const kept = before.filter((item) => !replaced.includes((item as Tuple<Value>).items[0]));
  const nested = value.map((item) => {
    const [key, after] = (item as Tuple<Value>).items as [Value, Value];
    const [, old] =
      (before.find((one) => (one as Tuple<Value>).items[0] === key) as Tuple<Value> | undefined)?.items ?? [];
    return new Tuple<Value>([key, merged(old as Value | undefined, after)]);
  });
  return [...kept, ...nested];
}

function isKeywords(value: Value): value is readonly Value[] {
  return isList(value) && value.every((item) => item instanceof Tuple && item.items.length === 2);
}
