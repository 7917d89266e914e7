import type { State } from '../state/state.ts';
import { endRows } from './end.ts';
import type { Row } from './row.ts';
import { startRows } from './start.ts';

/** The rows of a screen that is one page. */
export function pageRows(state: State): readonly Row[] {
  return state.screen === 'start' ? startRows(state) : endRows(state);
}
