import { bindingsOf, groups } from '../state/bindings.ts';
import { keyLabel } from '../state/key.ts';
import type { State } from '../state/state.ts';
import { span } from '../text/line.ts';
import { blankRow, type Row, textRow, titleRow } from './row.ts';

const keysWidth = 20;

/** All keys of the screen, by what they are for. */
export function helpRows(state: Pick<State, 'screen'>): readonly Row[] {
  const bindings = bindingsOf(state);
  return groups.flatMap((group) => {
    const own = bindings.filter((binding) => binding.group === group);
    if (own.length === 0) return [];
    const rows = own.map(({ keys, does }) => {
      const label = keys.map(keyLabel).join(' ');
      return textRow([span(`  ${label.padEnd(keysWidth)}`, { bold: true }), span(does)]);
    });
    return [titleRow(group), ...rows, blankRow];
  });
}
