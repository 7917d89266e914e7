import { Keyboard } from './keyboard.ts';
import { Painter } from './painter.ts';
import type { Terminal } from './terminal.ts';

/** The screen and the keys of a terminal, taken and given back together. Both may be done twice. */
export class Stage {
  readonly painter: Painter;
  readonly keyboard: Keyboard;

  constructor({ stdin, stdout }: Pick<Terminal, 'stdin' | 'stdout'>) {
    this.painter = new Painter(stdout);
    this.keyboard = new Keyboard(stdin);
  }

  take(): void {
    this.painter.enter();
    this.keyboard.listen();
  }

  release(): void {
    this.keyboard.release();
    this.painter.leave();
  }
}
