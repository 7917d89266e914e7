import { Writable } from 'node:stream';
import type { Size } from './state/state.ts';

/**
 * What Ink writes to: every write is one whole frame, which goes to `paint`. Ink's own way to the terminal clears the
 * scrollback when a frame is as tall as the window, and draws nothing at all where it believes to be in CI.
 */
export class Frames extends Writable {
  readonly #paint: (frame: string) => void;
  readonly #size: () => Size;

  constructor(paint: (frame: string) => void, size: () => Size) {
    super({ decodeStrings: false });
    this.#paint = paint;
    this.#size = size;
  }

  get columns(): number {
    return this.#size().columns;
  }

  get rows(): number {
    return this.#size().rows;
  }

  override _write(frame: unknown, _encoding: string, done: () => void): void {
    this.#paint(String(frame));
    done();
  }
}
