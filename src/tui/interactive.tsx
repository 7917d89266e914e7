import { render } from 'ink';
import { Frames } from './frames.ts';
import type { WalkHost } from './host.ts';
import { Keyboard } from './keyboard.ts';
import { Painter } from './painter.ts';
import { type Interlude, Session } from './session.ts';
import type { State } from './state/state.ts';
import { sizeOf, type Terminal } from './terminal.ts';
import { lookOf } from './text/look.ts';
import { App } from './view/app.tsx';

/**
 * Walks on the whole screen, which `painter` may have taken already. The last state; the terminal is as it was, whatever
 * happens.
 */
export async function walkOnScreen(
  start: State,
  terminal: Terminal,
  host: WalkHost,
  painter: Painter = new Painter(terminal.stdout),
): Promise<State> {
  const keyboard = new Keyboard(terminal.stdin);
  const take = () => {
    painter.enter();
    keyboard.listen();
  };
  const release = () => {
    keyboard.release();
    painter.leave();
  };
  const interlude: Interlude = async (work, linger) => {
    release();
    try {
      const value = await work();
      if (linger) await keyboard.anyKey(() => terminal.stdout.write('\nPress a key to go back to the walk.\n'));
      return value;
    } finally {
      take();
    }
  };
  const session = new Session(start, host, interlude);
  const stop = terminal.onEnd(release);
  const onResize = () => {
    painter.forget();
    session.take({ kind: 'resize', size: sizeOf(terminal) });
  };
  terminal.stdout.on('resize', onResize);
  try {
    take();
    await shown(session, terminal, keyboard, painter);
    return session.state;
  } finally {
    terminal.stdout.off('resize', onResize);
    release();
    stop();
  }
}

/** Shows the session until it ends. Rejects when the session or a component fails. */
async function shown(session: Session, { env }: Terminal, keyboard: Keyboard, painter: Painter): Promise<void> {
  const frames = new Frames(
    (frame) => painter.paint(frame),
    () => session.state.size,
  );
  const view = render(<App session={session} look={lookOf(env)} />, {
    // Ink asks for streams of a tty; it uses what these two have.
    stdout: frames as unknown as NodeJS.WriteStream,
    stdin: keyboard as unknown as NodeJS.ReadStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
    // Of its two outputs this one joins the rows as they are; the other takes every row apart into cells, at each key.
    isScreenReaderEnabled: true,
  });
  try {
    await Promise.race([session.ended, view.waitUntilExit()]);
  } finally {
    view.unmount();
  }
}
