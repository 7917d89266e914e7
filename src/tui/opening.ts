import { oneLine } from '../plan/escape.ts';
import type { Plan } from '../plan/plan.ts';
import { rowLine } from './detail/row.ts';
import { foundRows } from './detail/start.ts';
import { Stage } from './stage.ts';
import { sizeOf, type Terminal } from './terminal.ts';
import { drawn, type Line, span } from './text/line.ts';
import { asciiText, isPlain, lookOf } from './text/look.ts';

/** What is known of an upgrade before it is planned. */
type UpgradeSpan = Pick<Plan, 'project' | 'from' | 'to'>;

/** What a person sees while the plan is made: reading takes longer than anybody waits without a word. */
export interface Opening {
  /** Shows what is being done now, such as fetching. Once the walk has the terminal, nothing is shown any more. */
  show(text: string): void;
  /** Shows which local work begins; a plain walk says nothing of it. */
  readonly doing: (text: string | null) => void;
  /** Shows what was found, before there is a plan. */
  found(found: UpgradeSpan): void;
  /** Lets the walk go on with the terminal as it is; null where the walk is plain. Keys pressed so far go nowhere. */
  handOver(): Stage | null;
  /** Gives the terminal back as it was, also after the walk. */
  end(): void;
}

/** Shows a first frame, or a line where the walk is plain. Needs nothing that draws the walk itself. */
export function opening(terminal: Terminal, plain: boolean): Opening {
  return isPlain(terminal.env, plain) ? plainOpening(terminal) : new ScreenOpening(terminal);
}

function plainOpening({ stdout, env }: Terminal): Opening {
  const { unicode } = lookOf(env);
  const show = (text: string) => {
    stdout.write(`${unicode ? text : asciiText(text)}\n`);
  };
  show(reading);
  const nothing = () => undefined;
  return { show, doing: nothing, found: nothing, handOver: () => null, end: nothing };
}

const reading = 'Reading the project, and making the plan …';
const quitKeys: ReadonlySet<string> = new Set(['\u0003', 'q']);

class ScreenOpening implements Opening {
  readonly #terminal: Terminal;
  readonly #stage: Stage;
  readonly #stop: () => void;
  #found: UpgradeSpan | null = null;
  #doing = '';
  #isOver = false;
  readonly #draw = () => this.#stage.painter.paint(this.#frame());
  readonly #redraw = () => {
    this.#stage.painter.forget();
    this.#draw();
  };
  readonly #hear = (keys: Buffer) => {
    for (const key of keys.toString()) if (quitKeys.has(key)) this.#terminal.interrupt();
  };

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#stage = new Stage(terminal);
    this.#stop = terminal.onEnd(() => this.#stage.release(), true);
    this.#stage.take();
    this.#stage.keyboard.on('data', this.#hear);
    terminal.stdout.on('resize', this.#redraw);
    this.#draw();
  }

  show(text: string): void {
    this.#doing = text;
    if (!this.#isOver) this.#draw();
  }

  readonly doing = (text: string | null): void => {
    if (text !== null) this.show(`${text.charAt(0).toUpperCase()}${text.slice(1)} …`);
  };

  found(found: UpgradeSpan): void {
    this.#found = found;
    this.#draw();
  }

  handOver(): Stage {
    this.#letGo();
    return this.#stage;
  }

  end(): void {
    this.#letGo();
    this.#stage.release();
  }

  #letGo(): void {
    this.#isOver = true;
    this.#stop();
    this.#stage.keyboard.off('data', this.#hear);
    this.#stage.keyboard.pause();
    this.#terminal.stdout.off('resize', this.#redraw);
  }

  /** As tall as the window, and what was found where the walk has it, so that nothing jumps when the plan is there. */
  #frame(): string {
    const { columns, rows } = sizeOf(this.#terminal);
    const look = lookOf(this.#terminal.env);
    const found = this.#found;
    const title = found === null ? 'phx-upgrade' : `${found.project.app} · Phoenix ${found.from} → ${found.to}`;
    const known = found === null ? [] : foundRows(found, columns);
    const top: Line[] = [[span(oneLine(title), { bold: true })], ...known.map((row) => rowLine(row, columns, 0))];
    const foot: Line[] = [
      [span(this.#doing === '' ? reading : oneLine(this.#doing))],
      [span('^c', { bold: true }), span(' quit', { dim: true })],
    ];
    const above = Array.from({ length: Math.max(0, rows - foot.length) }, (_, at) => top[at] ?? []);
    return [...above, ...foot].map((line) => drawn(line, columns, look)).join('\n');
  }
}
