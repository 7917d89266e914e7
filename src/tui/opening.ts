import { Painter } from './painter.ts';
import { sizeOf, type Terminal } from './terminal.ts';
import { drawn, type Line, span } from './text/line.ts';
import { asciiText, isPlain, lookOf } from './text/look.ts';

/** What a person sees while the plan is made: reading takes longer than anybody waits without a word. */
export interface Opening {
  /** Shows what is being done now. */
  show(text: string): void;
  /** Lets the walk go on with the screen as it is; null where the walk is plain. */
  handOver(): Painter | null;
  /** Gives the screen back as it was, also after the walk. */
  end(): void;
}

/** Shows a first frame, or a line where the walk is plain. Needs nothing that draws the walk itself. */
export function opening(terminal: Terminal, plain: boolean): Opening {
  return isPlain(terminal.env, plain) ? plainOpening(terminal) : screenOpening(terminal);
}

function plainOpening({ stdout, env }: Terminal): Opening {
  const { unicode } = lookOf(env);
  const show = (text: string) => {
    stdout.write(`${unicode ? text : asciiText(text)}\n`);
  };
  show(reading);
  return { show, handOver: () => null, end: () => undefined };
}

const reading = 'Reading the project, and making the plan …';

function screenOpening(terminal: Terminal): Opening {
  const painter = new Painter(terminal.stdout);
  const stop = terminal.onEnd(() => painter.leave());
  const show = (text: string) => painter.paint(frame(text, terminal));
  painter.enter();
  show('');
  return {
    show,
    handOver: () => {
      stop();
      return painter;
    },
    end: () => {
      stop();
      painter.leave();
    },
  };
}

/** As tall as the window, so that nothing jumps when the plan is there. */
function frame(text: string, terminal: Terminal): string {
  const { columns, rows } = sizeOf(terminal);
  const look = lookOf(terminal.env);
  const lines: Line[] = [[span('phx-upgrade', { bold: true })], [], [span(reading)], [span(text, { dim: true })]];
  return Array.from({ length: rows }, (_, at) => drawn(lines[at] ?? [], columns, look)).join('\n');
}
