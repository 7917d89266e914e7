import { catalogue, type ErrorCode, type ErrorDetails } from './catalogue.ts';

/** Every failure this program can explain. Thrown anywhere, caught only in `cli/main.ts`. */
export class UpgradeError extends Error {
  readonly code: ErrorCode;
  /** Exit code of the process, as docs/exit-codes.md lists them. */
  readonly exit: number;
  /** What the failure means for the project and what to do about it. */
  readonly remedy: string;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    const entry = catalogue[code];
    super(entry.message(details), cause === undefined ? undefined : { cause });
    this.name = 'UpgradeError';
    this.code = code;
    this.exit = entry.exit;
    this.remedy = entry.remedy(details);
  }
}
