import { oneLine } from '../../plan/escape.ts';
import type { Change } from '../../plan/plan.ts';
import { span, wrapped } from '../text/line.ts';
import { prose, type Row, textRow } from './row.ts';

/** What a fact was, is and will be. */
type ThreeValues = Pick<Change, 'base' | 'yours' | 'target'>;

/** An address with its verdict, its three values, and what is to be said about it. */
export function changeRows(change: Change, width: number): readonly Row[] {
  const at = change.at === null ? '' : `  ${change.at.path}:${change.at.line}`;
  return [
    ...prose(`${change.address}: ${change.verdict}${at}`, width),
    ...valueRows(change, width),
    ...(change.note === undefined ? [] : prose(change.note, width)),
  ];
}

/** The three values, one below the other. */
export function valueRows({ base, yours, target }: ThreeValues, width: number): readonly Row[] {
  const values = [
    ['base  ', base],
    ['yours ', yours],
    ['target', target],
  ] as const;
  return values.flatMap(([name, value]) => oneValue(name, value ?? '–', width));
}

function oneValue(name: string, value: string, width: number): readonly Row[] {
  return wrapped(oneLine(value), width - name.length - 4).map((line, index) => {
    return textRow([span(`  ${index === 0 ? name : ' '.repeat(name.length)}  `, { dim: true }), ...line]);
  });
}
