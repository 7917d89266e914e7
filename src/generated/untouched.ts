import { parse } from '../elixir/parse.ts';
import { readItems } from '../merge/text/definitions/item.ts';
import { withParts } from '../merge/text/definitions/parts.ts';
import type { FoundDefinition } from './parts.ts';
import type { StagePlaces } from './places.ts';

/** What of a file nobody has changed since a generator wrote it, in whichever version. */
export class Untouched {
  readonly #places: StagePlaces;

  constructor(places: StagePlaces) {
    this.#places = places;
  }

  /** Whether every definition of a file is as some version wrote it, and nothing else is in it. */
  isWhole(place: string, text: string): boolean {
    return this.#places.definitions(place, text)?.every(isUntouched) ?? false;
  }

  /**
   * The base with every definition that is as some version wrote it as it stands in the project: whichever version that
   * was, nobody changed it. What is left is the user's, and is held against the version that most of the file is from.
   */
  baseOf(place: string, base: string, yours: string): string {
    const found = this.#places.definitions(place, yours);
    if (found === null) return base;
    const items = readItems(parse(yours))?.items.find(({ key }) => key.startsWith('defmodule'))?.body?.items ?? [];
    const keys = items.flatMap(({ key, line, code }) => {
      const end = line + code.split('\n').length - 1;
      const own = found.filter((one) => one.line >= line && one.line < end);
      return own.length > 0 && own.every(isUntouched) ? [key] : [];
    });
    return withParts(base, yours, new Set(keys)) ?? base;
  }
}

function isUntouched({ runs, isSaidSo }: FoundDefinition): boolean {
  return runs !== 0n && isSaidSo;
}
