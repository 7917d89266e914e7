import type { Size, State } from './state.ts';

/** Below this the walkthrough asks for a larger window. */
export const smallest: Size = { columns: 40, rows: 12 };
/** From here on the detail stands beside the list. */
const wideFrom = 100;
/** Title, filter line; message, keys. */
const frameRows = 4;

export interface Pane {
  readonly columns: number;
  readonly rows: number;
}

export interface Layout {
  readonly wide: boolean;
  readonly list: Pane;
  readonly detail: Pane;
  /** The whole room between the title and the message, for screens of one page. */
  readonly page: Pane;
}

/** Where the parts of the screen go. On a narrow screen the part with the focus has most of the room. */
export function layout({ size, focus }: Pick<State, 'size' | 'focus'>): Layout {
  const room = size.rows - frameRows;
  const page = { columns: size.columns, rows: room + 1 };
  if (size.columns >= wideFrom) {
    const columns = Math.min(72, Math.floor(size.columns * 0.48));
    const detail = { columns: size.columns - columns - 3, rows: room };
    return { wide: true, list: { columns, rows: room }, detail, page };
  }
  const rows = focus === 'list' ? Math.max(4, Math.floor(room * 0.4)) : 3;
  const detail = { columns: size.columns, rows: room - rows - 1 };
  return { wide: false, list: { columns: size.columns, rows }, detail, page };
}
