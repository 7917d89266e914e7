import { setTimeout as pause } from 'node:timers/promises';
import type { Size } from './state/state.ts';
import type { Environment } from './text/look.ts';

/** The terminal that the walk has for itself. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly env: Environment;
  /**
   * Calls `restore` before the process ends by an error or a signal; returns how to stop. A patient one leaves the first
   * signal that interrupts to whoever ends the work in good order.
   */
  onEnd(restore: () => void, patient?: boolean): () => void;
  /** What Ctrl-C does where keys are not read one by one. */
  interrupt(): void;
  /** Leaves Ctrl-C and Ctrl-\ to a program that has the terminal for a while; returns how to listen again. */
  leaveInterrupts(): () => Promise<void>;
}

/** Columns and rows of the terminal; those of a VT100 where it does not tell. */
export function sizeOf({ stdout }: Pick<Terminal, 'stdout'>): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

const interrupts: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM']);
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** The terminal of a process. A signal still ends the process, once the terminal is as it was. */
export function terminalOf(program: NodeJS.Process): Terminal {
  const { stdin, stdout, env } = program;
  return {
    stdin,
    stdout,
    env,
    interrupt: () => program.emit('SIGINT', 'SIGINT'),
    leaveInterrupts: () => leaveSignals(program, ['SIGINT', 'SIGQUIT']),
    onEnd(restore, patient = false) {
      let awaited = patient;
      const handlers = signals.map((signal) => {
        const handler = () => {
          if (awaited && interrupts.has(signal)) {
            awaited = false;
            return;
          }
          restore();
          program.removeListener(signal, handler);
          program.kill(program.pid, signal);
        };
        return [signal, handler] as const;
      });
      for (const [signal, handler] of handlers) program.on(signal, handler);
      // Before Node prints the error, which would else vanish with the alternate screen.
      program.on('uncaughtExceptionMonitor', restore);
      program.on('exit', restore);
      return () => {
        for (const [signal, handler] of handlers) program.removeListener(signal, handler);
        program.removeListener('uncaughtExceptionMonitor', restore);
        program.removeListener('exit', restore);
      };
    },
  };
}

/** In milliseconds. Node may tell of a program's end before the signal that ended it and came here as well. */
const lateSignal = 20;

/** The terminal sends these to every program in it: the one in front ends by them, and this one must not. */
function leaveSignals(program: NodeJS.Process, names: readonly NodeJS.Signals[]): () => Promise<void> {
  const ignore = () => undefined;
  const left = names.map((name) => [name, program.rawListeners(name) as NodeJS.SignalsListener[]] as const);
  for (const [name] of left) {
    program.on(name, ignore);
    for (const listener of program.rawListeners(name)) {
      if (listener !== ignore) program.removeListener(name, listener as NodeJS.SignalsListener);
    }
  }
  return async () => {
    await pause(lateSignal);
    for (const [name, listeners] of left) {
      for (const listener of listeners) program.on(name, listener);
      program.removeListener(name, ignore);
    }
  };
}

/** Why there can be no walk here, for whoever prints the plan instead; null when there can. */
export function noWalkReason({ stdin, stdout }: Pick<Terminal, 'stdin' | 'stdout'>): string | null {
  if (!stdout.isTTY) return 'stdout is no terminal, so the plan is printed instead of walked.';
  return stdin.isTTY ? null : 'stdin is no terminal, so the plan is printed instead of walked.';
}
