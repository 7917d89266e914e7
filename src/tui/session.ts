import { UpgradeError } from '../errors/error.ts';
import type { Outcome, WalkHost } from './host.ts';
import { around } from './state/excerpts.ts';
import { type Answer, type Deed, hear } from './state/hear.ts';
import type { Key } from './state/key.ts';
import { press, take } from './state/press.ts';
import type { Action, Effect, State, Turn } from './state/state.ts';

/** Gives the terminal to another program for the time of some work; `linger` leaves its output to be read. */
export type Interlude = <Value>(work: () => Promise<Value>, linger: boolean) => Promise<Value>;

/** A walk that is going on: its state, and what the host still works on. Keys in, states out. */
export class Session {
  /** Settles when the walk is left and the host is done; rejects with an error that is a bug. */
  readonly ended: Promise<void>;
  #state: State;
  #end = () => {};
  #crash: (error: unknown) => void = () => {};
  #working = 0;
  #saved: Promise<unknown> = Promise.resolve();
  readonly #host: WalkHost;
  readonly #interlude: Interlude;
  readonly #watchers = new Set<() => void>();

  constructor(state: State, host: WalkHost, interlude: Interlude) {
    this.#state = state;
    this.#host = host;
    this.#interlude = interlude;
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#crash = reject;
    });
    // Whoever waits for the end is told; until someone does, the error must not end the process by itself.
    this.ended.catch(() => {});
  }

  get state(): State {
    return this.#state;
  }

  /** Whether the host works on something that the state waits for. */
  get working(): boolean {
    return this.#working > 0;
  }

  /** Calls `watcher` after every change; returns how to stop. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  press(key: Key): void {
    this.#become(press(this.#state, key));
  }

  take(action: Action): void {
    this.#become(take(this.#state, action));
  }

  #become({ state, effects }: Turn): void {
    this.#state = state;
    for (const effect of effects) this.#begin(effect);
    for (const watcher of this.#watchers) watcher();
    if (this.#state.leaving && this.#working === 0) this.#end();
  }

  #begin(effect: Effect): void {
    this.#working += 1;
    const answer = this.#carryOut(effect).catch((error: unknown): Answer => {
      if (!(error instanceof UpgradeError)) throw error;
      return { kind: 'failed', effect, message: `${error.message} ${error.remedy}` };
    });
    answer
      .then((heard) => {
        this.#working -= 1;
        this.#become(heard === null ? { state: this.#state, effects: [] } : hear(this.#state, heard));
      })
      .catch(this.#crash);
  }

  async #carryOut(effect: Effect): Promise<Answer | null> {
    const host = this.#host;
    if (effect.kind === 'lines') {
      const { path, line } = effect;
      const lines = await host.lines(path, Math.max(1, line - around), line + around);
      return { kind: 'lines', path, line, lines };
    }
    if (effect.kind === 'run') {
      const code = await this.#interlude(() => host.run(effect.command), true);
      return { kind: 'ran', command: effect.command, code };
    }
    if (effect.kind === 'save') {
      await this.#save(() => host.save(effect.progress));
      return null;
    }
    return { kind: 'outcome', deed: effect, outcome: await this.#outcome(effect) };
  }

  /** One after the other, so that the last progress is the one that is kept. */
  #save(write: () => Promise<void>): Promise<void> {
    const saved = this.#saved.then(write, write);
    this.#saved = saved.catch(() => {});
    return saved;
  }

  #outcome(deed: Deed): Promise<Outcome> {
    const host = this.#host;
    switch (deed.kind) {
      case 'replan':
        return host.replan(deed.wish);
      case 'recover':
        return host.recover(deed.how);
      case 'apply':
        return host.apply(deed.steps);
      case 'resolve':
        return host.resolve(deed.step, deed.choices);
      case 'edit':
        return this.#interlude(() => host.edit(deed.step, deed.path), false);
      case 'undo':
        return host.undo(deed.decision);
      case 'skip-forever':
        return host.skipForever(deed.step, deed.reason);
      case 'mark':
        return host.markDone(deed.step, deed.why);
    }
  }
}
