import { addressOf } from '../address.ts';
import type { FactArea, Member } from '../area.ts';
import type { Fact } from '../fact.ts';

/** Gathers facts of one file under one area and member. */
export class FactList {
  readonly facts: Fact[] = [];
  readonly #area: FactArea;
  readonly #member: Member | null;
  readonly #file: string;

  constructor(area: FactArea, member: Member | null, file: string) {
    this.#area = area;
    this.#member = member;
    this.#file = file;
  }

  add(path: readonly string[], value: string, line: number): void {
    this.facts.push({
      address: addressOf(this.#area, this.#member, path),
      value,
      at: { path: this.#file, line },
    });
  }
}
