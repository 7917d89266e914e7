import { render } from 'ink';
import { Frames } from './frames.ts';
import type { WalkHost } from './host.ts';
import { Painter } from './painter.ts';
import { type Interlude, Session } from './session.ts';
import type { Size, State } from './state/state.ts';
import type { Terminal } from './terminal.ts';
import { lookOf } from './text/look.ts';
import { App } from './view/app.tsx';

/** Walks on the whole screen. The last state; the terminal is as it was, whatever happens. */
export async function walkOnScreen(start: State, terminal: Terminal, host: WalkHost): Promise<State> {
  const painter = new Painter(terminal.stdout);
  const view = new View(terminal, painter);
  const session = new Session(start, host, view.interlude);
  const stop = terminal.onEnd(() => painter.leave());
  const onResize = () => {
    painter.forget();
    session.take({ kind: 'resize', size: sizeOf(terminal) });
  };
  terminal.stdout.on('resize', onResize);
  try {
    painter.enter();
    await Promise.race([session.ended, view.show(session)]);
    return session.state;
  } finally {
    terminal.stdout.off('resize', onResize);
    view.close();
    painter.leave();
    stop();
  }
}

/** Columns and rows of the terminal; those of a VT100 where it does not tell. */
export function sizeOf({ stdout }: Pick<Terminal, 'stdout'>): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

/** The walk in Ink, which can step aside for another program. */
class View {
  readonly #terminal: Terminal;
  readonly #painter: Painter;
  #heard: (listening: boolean) => void = () => {};
  #draw: (listening: boolean) => void = () => {};
  #close = () => {};

  constructor(terminal: Terminal, painter: Painter) {
    this.#terminal = terminal;
    this.#painter = painter;
  }

  /** Shows the session. Rejects when a component fails. */
  show(session: Session): Promise<unknown> {
    const { stdin, env } = this.#terminal;
    const frames = new Frames(
      (frame) => this.#painter.paint(frame),
      () => session.state.size,
    );
    const look = lookOf(env);
    const onListening = (listening: boolean) => this.#heard(listening);
    const app = (listening: boolean) => (
      <App session={session} look={look} listening={listening} onListening={onListening} />
    );
    const shown = render(app(true), {
      // Ink types the whole of a tty; it uses what `Frames` has.
      stdout: frames as unknown as NodeJS.WriteStream,
      stdin,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
      isScreenReaderEnabled: false,
    });
    this.#draw = (listening) => shown.rerender(app(listening));
    this.#close = () => shown.unmount();
    return shown.waitUntilExit();
  }

  close(): void {
    this.#close();
    // Ink only lets go of it; without this the process would go on reading keys.
    this.#terminal.stdin.pause();
  }

  interlude: Interlude = async (work) => {
    await this.#listen(false);
    this.#terminal.stdin.pause();
    this.#painter.leave();
    try {
      return await work();
    } finally {
      this.#painter.enter();
      await this.#listen(true);
    }
  };

  /** Ink turns raw mode on and off after it has drawn. */
  #listen(listening: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = (now) => {
        if (now === listening) resolve();
      };
      this.#draw(listening);
    });
  }
}
