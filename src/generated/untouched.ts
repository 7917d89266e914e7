import { parse } from '../elixir/parse.ts';
import { readItems } from '../merge/text/definitions/item.ts';
import { withParts } from '../merge/text/definitions/parts.ts';
import { partsOf } from './definitions.ts';
import { type FoundDefinition, type GeneratedCode, heldAgainst } from './find.ts';
import type { StagePlaces } from './places.ts';

/** What of a file nobody has changed since a generator wrote it, in whichever version. */
export class Untouched {
  readonly #code: GeneratedCode;
  readonly #places: StagePlaces;

  constructor(code: GeneratedCode, places: StagePlaces) {
    this.#code = code;
    this.#places = places;
  }

  /** Whether every definition of a file is as some version wrote it, and nothing else is in it. */
  isWhole(place: string, text: string): boolean {
    return this.#definitions(place, text)?.every(isUntouched) ?? false;
  }

  /**
   * The base with every definition that is as some version wrote it as it stands in the project: whichever version that
   * was, nobody changed it. What is left is the user's, and is held against the version that most of the file is from.
   */
  baseOf(place: string, base: string, yours: string): string {
    const found = this.#definitions(place, yours);
    if (found === null) return base;
    const items = readItems(parse(yours))?.items.find(({ key }) => key.startsWith('defmodule'))?.body?.items ?? [];
    const keys = items.flatMap(({ key, line, code }) => {
      const end = line + code.split('\n').length - 1;
      const own = found.filter((one) => one.line >= line && one.line < end);
      return own.length > 0 && own.every(isUntouched) ? [key] : [];
    });
    return withParts(base, yours, new Set(keys)) ?? base;
  }

  /** Every definition of a file as history knows it; null for one that plays no part. */
  #definitions(place: string, text: string): FoundDefinition[] | null {
    const { stored } = this.#places;
    const parts = partsOf(stored(place), stored(text));
    const [only] = parts;
    if (only === undefined || parts.length !== 1) return null;
    // A file that the stage before this one brought plays the part that its name says.
    return heldAgainst(only, this.#places.roleAt(place) ?? only.role, this.#code.history);
  }
}

function isUntouched({ runs, isSaidSo }: FoundDefinition): boolean {
  return runs !== 0n && isSaidSo;
}
