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

/** What stands in the way of a step, else its risk: the one word for its state. */
export function stateText(step: Step, standing: Standing): string {
  return standing === 'skipped' ? standing : standingOf({ ...step, status: standing });
}

/** The same in at most eight letters, for a column. */
export function standingText(step: Step, standing: Standing): string {
  return standing === 'needs-source' ? 'source?' : stateText(step, standing);
}
