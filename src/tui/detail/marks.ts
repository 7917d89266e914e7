import type { Step } from '../../plan/plan.ts';
import type { Standing } from '../state/list.ts';
import type { Colour } from '../text/line.ts';

const marks: Readonly<Record<Standing, readonly [string, Colour | null]>> = {
  done: ['✓', 'green'],
  pending: ['●', 'cyan'],
  conflict: ['✕', 'red'],
  manual: ['!', 'magenta'],
  declined: ['–', null],
  'needs-source': ['○', 'blue'],
  skipped: ['»', null],
};

/** The sign and colour of a step; a pending one with findings is marked as one that wants a look. */
export function stepMark(step: Step, standing: Standing): readonly [string, Colour | null] {
  return marks[standing === 'pending' && step.findings.length > 0 ? 'manual' : standing];
}

/** What stands in the way of a step, else its risk; at most eight letters, for a column. */
export function standingText(step: Step, standing: Standing): string {
  if (standing === 'needs-source') return 'source?';
  return standing === 'pending' ? step.risk : standing;
}
