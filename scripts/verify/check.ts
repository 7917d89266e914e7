/** What a check is given: generated projects, and what else the command line says. */
export interface CheckInput {
  /** Root of the unpacked pack: it holds `pristine/`. */
  readonly pack: string;
  /** Directory laid out `<version>/<variant>/`. */
  readonly projects: string;
  /** Words behind the directory: how many to draw, where to begin. */
  readonly rest: readonly string[];
}

/** One kind of thing that is held against every generated project. */
export interface Check {
  /** What holds if it passes, in one line. */
  readonly says: string;
  /** Prints what is wrong and how much was looked at; true where all is well. */
  readonly run: (input: CheckInput) => Promise<boolean>;
}

/** One line on standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
