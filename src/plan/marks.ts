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

/** The sign of a step, which agrees with its `standing`: one state, said twice at most. */
export function stepMark({ status }: Pick<Step, 'status'>): string {
  return marks[status];
}

/** What stands in the way of a step, else its risk. */
export function standing({ status, risk }: Step): Status | Risk {
  return status === 'pending' ? risk : status;
}
