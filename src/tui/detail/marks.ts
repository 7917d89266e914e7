import { marks, standing as standingOf } from '../../plan/marks.ts';
import type { Step } from '../../plan/plan.ts';
import type { Standing } from '../state/list.ts';
import type { Colour } from '../text/line.ts';

const colours: Readonly<Record<Standing, Colour | null>> = {
  done: 'green',
  pending: 'cyan',
  conflict: 'red',
  manual: 'magenta',
  declined: null,
  'needs-source': 'blue',
  skipped: null,
};

/** The sign and colour of a step. */
export function stepMark(standing: Standing): readonly [string, Colour | null] {
  if (standing === 'skipped') return ['»', colours.skipped];
  return [marks[standing], colours[standing]];
}

/** What stands in the way of a step, else its risk; at most eight letters, for a column. */
export function standingText(step: Step, standing: Standing): string {
  if (standing === 'needs-source') return 'source?';
  return standing === 'skipped' ? standing : standingOf({ ...step, status: standing });
}
