import type { StatedVersions } from '../../findings/deployment/versions.ts';
import { oneLine } from '../../plan/escape.ts';
import { disagrees, matrixVerdict, softwareNames, statedRows } from '../matrix.ts';
import { pad } from './layout.ts';
import { paint, type TextOptions } from './paint.ts';

/** One line per place that states a version; one that contradicts another is marked. */
export function matrixLines(matrix: readonly StatedVersions[], options: TextOptions): readonly string[] {
  return statedRows(matrix).flatMap((row) => {
    const verdict = matrixVerdict(row);
    const places = row.places.map((place) => {
      const mark = disagrees(row, place) ? paint('!', 'yellow', options) : ' ';
      return ` ${mark} ${pad(oneLine(place.version), 12)}  ${oneLine(place.path)}:${place.line}`;
    });
    return [
      `${paint(softwareNames[row.software], 'bold', options)}  ${row.disagreements.length === 0 ? verdict : paint(verdict, 'yellow', options)}`,
      ...places,
    ];
  });
}
