import type { Risk, Status, Step } from './plan.ts';

/** The sign of each status. */
export const marks: Readonly<Record<Status, string>> = {
  done: '✓',
  pending: '●',
  conflict: '✕',
  manual: '!',
  declined: '–',
  'needs-source': '○',
};

/** The sign of a step's status; a pending step that has findings is marked as one that wants a look. */
export function stepMark(step: Step): string {
  return marks[markedStatus(step)];
}

/** The status whose sign and colour a step bears. */
export function markedStatus({ status, findings }: Step): Status {
  return status === 'pending' && findings.length > 0 ? 'manual' : status;
}

/** What stands in the way of a step, else its risk. */
export function standing({ status, risk }: Step): Status | Risk {
  return status === 'pending' ? risk : status;
}
