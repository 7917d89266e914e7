import { render } from 'ink';
import { Frames } from '../frames.ts';
import type { Session } from '../session.ts';
import type { Stage } from '../stage.ts';
import type { Look } from '../text/look.ts';
import { App } from './app.tsx';

/** Shows a session until it ends. Rejects when the session or a component fails. */
export async function shown(session: Session, { painter, keyboard }: Stage, look: Look): Promise<void> {
  const frames = new Frames(
    (frame) => painter.paint(frame),
    () => session.state.size,
  );
  const view = render(<App session={session} look={look} />, {
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
