import type { WalkHost } from './host.ts';
import { type Interlude, Session } from './session.ts';
import { Stage } from './stage.ts';
import type { State } from './state/state.ts';
import { sizeOf, type Terminal } from './terminal.ts';
import { lookOf } from './text/look.ts';
import { drawnFrame } from './view/frame.ts';

/** Loads what draws frames while keys are pressed: it takes longer than the first frame, which does without. */
export type LoadView = () => Promise<typeof import('./view/shown.tsx')>;

/**
 * Walks on the whole screen, which `stage` may have taken already. The last state; the terminal is as it was, whatever
 * happens.
 */
export async function walkOnScreen(
  start: State,
  terminal: Terminal,
  host: WalkHost,
  loadView: LoadView,
  stage: Stage = new Stage(terminal),
): Promise<State> {
  const session = new Session(start, host, interludeOf(stage, terminal));
  const stop = terminal.onEnd(() => stage.release());
  const onResize = () => {
    stage.painter.forget();
    session.take({ kind: 'resize', size: sizeOf(terminal) });
  };
  terminal.stdout.on('resize', onResize);
  try {
    stage.take();
    await shownFromTheFirst(session, stage, terminal, loadView);
    return session.state;
  } finally {
    terminal.stdout.off('resize', onResize);
    stage.release();
    stop();
  }
}

function interludeOf(stage: Stage, terminal: Terminal): Interlude {
  return async (work, linger) => {
    stage.release();
    const listenAgain = terminal.leaveInterrupts();
    try {
      const value = await work();
      if (linger) await stage.keyboard.anyKey(() => terminal.stdout.write('\nPress a key to go back to the walk.\n'));
      return value;
    } finally {
      await listenAgain();
      stage.take();
    }
  };
}

async function shownFromTheFirst(session: Session, stage: Stage, terminal: Terminal, loadView: LoadView) {
  const look = lookOf(terminal.env);
  const paint = () => stage.painter.paint(drawnFrame(session.state, look));
  paint();
  const stop = session.watch(paint);
  const { shown } = await loadView().finally(stop);
  await shown(session, stage, look);
}
