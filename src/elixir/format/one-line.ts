import { Positions } from './positions.ts';

/** A text as if it stood on one line: none of its line breaks asks for one. */
export class OneLine extends Positions {
  override lineOf(): number {
    return 1;
  }

  override breaksBetween(): boolean {
    return false;
  }

  override endsLine(): boolean {
    return false;
  }

  override hasBlankAfter(): boolean {
    return false;
  }
}
