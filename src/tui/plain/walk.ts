import { createInterface } from 'node:readline';
import { oneLine } from '../../plan/escape.ts';
import type { WalkHost } from '../host.ts';
import { type Interlude, Session } from '../session.ts';
import type { State } from '../state/state.ts';
import type { Terminal } from '../terminal.ts';
import { lookOf } from '../text/look.ts';
import { answersOf } from './choices.ts';
import { screenText, shownText, wholeStepText } from './say.ts';

/** Walks by numbered prompts: lines are written once and never redrawn. The last state. */
export async function walkPlainly(start: State, terminal: Terminal, host: WalkHost): Promise<State> {
  const lines = new Lines(terminal);
  const session = new Session(start, host, lines.interlude);
  const stop = terminal.onEnd(() => lines.close());
  try {
    let said = '';
    if (start.message !== null) sayMessage(start, lines);
    while (!session.state.leaving) {
      const { state } = session;
      const screen = screenText(state).join('\n');
      if (state.prompt === null && screen !== said) lines.write(screen.split('\n'));
      said = screen;
      const answer = await lines.ask(questionOf(state));
      if (answer === null) session.take({ kind: 'quit' });
      else answered(session, lines, answer);
      if (session.state.busy !== null) lines.write([`${session.state.busy} …`]);
      await idle(session);
      if (session.state.message !== state.message) sayMessage(session.state, lines);
    }
    await session.ended;
    return session.state;
  } finally {
    stop();
    lines.close();
  }
}

function questionOf(state: State): readonly string[] {
  const { prompt } = state;
  if (prompt?.kind === 'text') return [oneLine(`${prompt.label} [${prompt.value}]:`)];
  if (prompt?.kind === 'confirm') return [oneLine(`${prompt.text} Answer y or n:`)];
  const title = prompt?.kind === 'menu' ? [prompt.title] : [];
  return [...title, ...answersOf(state).map(({ label }, index) => `${index + 1}. ${label}`), 'Number:'];
}

function answered(session: Session, lines: Lines, text: string): void {
  const { prompt } = session.state;
  if (prompt?.kind === 'text') typed(session, text);
  else if (prompt?.kind === 'confirm') session.press(/^y(es)?$/i.test(text.trim()) ? 'y' : 'n');
  else numbered(session, lines, text.trim());
}

/** An empty line keeps what stands in brackets. */
function typed(session: Session, text: string): void {
  if (text !== '') for (const key of ['ctrl-u', ...text]) session.press(key);
  session.press('enter');
}

function numbered(session: Session, lines: Lines, text: string): void {
  const does = answersOf(session.state)[Number(text) - 1]?.does;
  if (does === undefined) lines.write([`There is no answer ${oneLine(text)}.`]);
  else if (does === 'read') lines.write(wholeStepText(session.state));
  else session.take(does);
}

/** Waits until the host has done what it was asked. */
function idle(session: Session): Promise<void> {
  return new Promise((resolve, reject) => {
    session.ended.catch(reject);
    const stop = session.watch(check);
    function check() {
      if (session.working) return;
      stop();
      resolve();
    }
    check();
  });
}

function sayMessage({ message }: State, lines: Lines): void {
  if (message !== null)
    lines.write([message.kind === 'failed' ? `Not done: ${oneLine(message.text)}` : oneLine(message.text)]);
}

/** Lines in and out. */
class Lines {
  readonly #terminal: Terminal;
  #reader: ReturnType<typeof createInterface>;
  #waiting: string[] = [];
  #closed = false;
  #wake = () => {};

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#reader = this.#open();
  }

  write(lines: readonly string[]): void {
    this.#terminal.stdout.write(shownText(lines, lookOf(this.#terminal.env)));
  }

  /** The next line that is typed; null at the end of the input. */
  async ask(question: readonly string[]): Promise<string | null> {
    this.write(question);
    while (this.#waiting.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting.shift() ?? null;
  }

  close(): void {
    this.#reader.removeAllListeners('close');
    this.#reader.close();
    this.#terminal.stdin.pause();
  }

  interlude: Interlude = async (work) => {
    this.close();
    const listenAgain = this.#terminal.leaveInterrupts();
    try {
      return await work();
    } finally {
      await listenAgain();
      this.#reader = this.#open();
    }
  };

  #open() {
    const reader = createInterface({ input: this.#terminal.stdin, terminal: false });
    reader.on('line', (line) => {
      this.#waiting.push(line);
      this.#wake();
    });
    reader.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
    return reader;
  }
}
