import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import type { PristineSource } from '../pristine/sources/source.ts';
import type { GeneratedTexts, TextSpan } from './generated-texts.ts';
import type { LoadedProject } from './load.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { SourceChoice } from './sources.ts';

/** Generated text for a plan, or why there is none although it was looked for; neither where none was wanted. */
export interface FoundTexts {
  readonly generated: GeneratedTexts | undefined;
  readonly reason: string | null;
}

/** The sources that a choice allows for one project, opened only once. What starts processes is loaded only then. */
export class TextSources {
  readonly #choice: SourceChoice;
  readonly #environment: RunEnvironment;
  readonly #root: string;
  #opened: Promise<readonly PristineSource[]> | null = null;

  constructor(root: string, choice: SourceChoice, environment: RunEnvironment) {
    this.#root = root;
    this.#choice = choice;
    this.#environment = environment;
  }

  /** Whether text may be had at all: snapshots have facts alone. */
  get isWanted(): boolean {
    return this.#choice.source !== 'snapshots';
  }

  /** Whether the user named a source: it must then have what is asked for. */
  get isNamed(): boolean {
    return (this.#choice.source ?? 'auto') !== 'auto';
  }

  /** Opens them while the project is read: asking which Elixir there is takes as long. Nothing where no text is wanted. */
  start(): void {
    // Whoever waits for it hears of a failure; where reading fails first, nobody waits.
    if (this.isWanted) this.opened().catch(() => undefined);
  }

  /** Throws what `openSources` throws. */
  opened(): Promise<readonly PristineSource[]> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** Text between the two versions of a plan. A source that was named must have it: throws what `generatedTexts` throws. */
  async between(loaded: LoadedProject, span: TextSpan): Promise<FoundTexts> {
    return this.#search(loaded, span, () => !this.isNamed);
  }

  /** The same between two versions on the way, which nobody named: the sources may lack them. */
  async onTheWay(loaded: LoadedProject, span: TextSpan): Promise<FoundTexts> {
    return this.#search(loaded, span, ({ code }) => !this.isNamed || code === 'no-pristine-project');
  }

  async #search(
    loaded: LoadedProject,
    span: TextSpan,
    isForgiven: (error: UpgradeError) => boolean,
  ): Promise<FoundTexts> {
    if (!this.isWanted) return { generated: undefined, reason: null };
    const { generatedTexts } = await import('./generated-texts.ts');
    const search = {
      ...span,
      sources: await this.opened(),
      path: this.#environment.env.PATH,
      progress: this.#environment.progress,
    };
    try {
      return { generated: await generatedTexts(loaded, search), reason: null };
    } catch (error) {
      if (!isUnobtained(error) || !isForgiven(error)) throw error;
      return { generated: undefined, reason: error.message };
    }
  }

  async #open(): Promise<readonly PristineSource[]> {
    const { openSources } = await import('./sources.ts');
    // Directories that may hold an unpacked phoenix package.
    return openSources(this.#choice, this.#environment, [join(this.#root, 'deps', 'phoenix')]);
  }
}

/** Whether a source was asked in vain, rather than stopped by the user. */
export function isUnobtained(error: unknown): error is UpgradeError {
  return error instanceof UpgradeError && error.exit === 3 && error.code !== 'interrupted';
}
