import type { Value } from './values/value.ts';

/** Why evaluation stopped for a reason of ours. */
export type RefusalKind =
  /** A function, macro or form that is not known here, by its name. */
  | 'unknown'
  /** A file that is not in the map, or leaves it. */
  | 'file'
  /** More steps, depth, size or time than allowed, by what ran out. */
  | 'limit'
  /** Text that does not parse. */
  | 'unreadable';

/** Evaluation cannot go on here, and says at what. No `rescue` of evaluated code catches it. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  /** The function, file or limit. */
  readonly subject: string;

  constructor(kind: RefusalKind, subject: string) {
    super(`${explanations[kind]} ${subject}`);
    this.name = 'Refusal';
    this.kind = kind;
    this.subject = subject;
  }
}

const explanations: Record<RefusalKind, string> = {
  unknown: 'unknown to the evaluator:',
  file: 'no such file for the evaluator:',
  limit: 'more than the evaluator allows:',
  unreadable: 'the evaluator cannot read',
};

/** What evaluated code raised, threw or exited with; its own `rescue` and `catch` see it. */
export class Raised extends Error {
  readonly kind: 'error' | 'throw' | 'exit';
  /** An exception struct where `kind` is `error`. */
  readonly value: Value;

  constructor(kind: 'error' | 'throw' | 'exit', value: Value, message: string) {
    super(message);
    this.name = 'Raised';
    this.kind = kind;
    this.value = value;
  }
}
