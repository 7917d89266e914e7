/** Where frames go: a terminal that obeys ECMA-48 and xterm's private modes. */
export interface Canvas {
  write(text: string): unknown;
}

/**
 * Draws frames on the alternate screen, so that the user's own lines are there again afterwards. Only rows that
 * changed are written, all at once, so that nothing flickers.
 */
export class Painter {
  readonly #canvas: Canvas;
  #frame = '';
  #shown: readonly string[] = [];
  #entered = false;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** Takes the screen: alternate screen, no cursor, no wrapping at the right edge. Draws the last frame again. */
  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#shown = [];
    this.#canvas.write('\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J');
    if (this.#frame !== '') this.paint(this.#frame);
  }

  /** Gives the screen back as it was. Safe to call at any time, also twice. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.#canvas.write('\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l');
  }

  /** Forgets what is shown: the next frame is drawn whole, as after a resize. */
  forget(): void {
    if (!this.#entered) return;
    this.#shown = [];
    this.#canvas.write('\x1b[2J');
  }

  /** Draws a frame; while the screen is given back, it is kept for later. */
  paint(frame: string): void {
    this.#frame = frame;
    if (!this.#entered) return;
    const rows = frame.split('\n');
    const changed = Array.from({ length: Math.max(rows.length, this.#shown.length) }, (_, at) => at)
      .filter((at) => rows[at] !== this.#shown[at])
      .map((at) => `\x1b[${at + 1};1H\x1b[2K${rows[at] ?? ''}\x1b[0m`);
    this.#shown = rows;
    // Synchronized update: a terminal that knows it shows the frame as one.
    if (changed.length > 0) this.#canvas.write(`\x1b[?2026h${changed.join('')}\x1b[?2026l`);
  }
}
