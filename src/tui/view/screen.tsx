import { defaultTheme, extendTheme, Spinner, ThemeProvider } from '@inkjs/ui';
import { Box } from 'ink';
import { detailRows } from '../detail/detail.ts';
import { helpRows } from '../detail/help.ts';
import { pageRows } from '../detail/page.ts';
import { type Row, rowLine } from '../detail/row.ts';
import { layout, smallest } from '../state/layout.ts';
import type { State } from '../state/state.ts';
import { filled, type Line, shortened, span } from '../text/line.ts';
import type { Look } from '../text/look.ts';
import { keysLine, messageLines } from './foot.ts';
import { Lines } from './lines.tsx';
import { filterLine, listLines, menuLines, placeText, ruleLine, titleLine } from './rows.ts';

interface ScreenProps {
  readonly state: State;
  readonly look: Look;
}

/** The whole screen, as many rows as the terminal has. Draws the state and decides nothing. */
export function Screen({ state, look }: ScreenProps) {
  const { columns, rows } = state.size;
  if (columns < smallest.columns || rows < smallest.rows) {
    const text = `Too small: ${smallest.columns}x${smallest.rows} is needed. q quits.`;
    return <Lines lines={[[span(text)]]} columns={columns} rows={rows} look={look} />;
  }
  const foot = messageLines(state, columns);
  const room = rows - foot.length - 2;
  return (
    <Box flexDirection="column" height={rows} width={columns}>
      <Lines lines={[titleLine(state, columns)]} columns={columns} rows={1} look={look} />
      <Box height={room} flexShrink={0}>
        <Body state={state} look={look} rows={room} />
      </Box>
      {state.busy === null ? (
        <Lines lines={foot} columns={columns} rows={foot.length} look={look} />
      ) : (
        <Busy text={state.busy} look={look} />
      )}
      <Lines lines={[keysLine(state, columns)]} columns={columns} rows={1} look={look} />
    </Box>
  );
}

/** Without the colour that the theme has, which some backgrounds swallow. */
const theme = extendTheme(defaultTheme, { components: { Spinner: { styles: { frame: () => ({}) } } } });

function Busy({ text, look }: { readonly text: string; readonly look: Look }) {
  return (
    <ThemeProvider theme={theme}>
      <Spinner type={look.unicode ? 'dots' : 'line'} label={text} />
    </ThemeProvider>
  );
}

interface BodyProps extends ScreenProps {
  readonly rows: number;
}

function Body({ state, look, rows }: BodyProps) {
  const { columns } = state.size;
  const { prompt } = state;
  if (prompt?.kind === 'menu') {
    return <Lines lines={menuLines(prompt, rows)} columns={columns} rows={rows} look={look} />;
  }
  if (prompt?.kind === 'help')
    return <Page all={helpRows(state)} scroll={prompt.scroll} state={state} look={look} rows={rows} />;
  if (state.screen !== 'steps') {
    return <Page all={pageRows(state)} scroll={state.pageScroll} state={state} look={look} rows={rows} />;
  }
  return <Steps state={state} look={look} rows={rows} />;
}

interface PageProps extends BodyProps {
  readonly all: readonly Row[];
  readonly scroll: number;
}

function Page({ all, scroll, state, look, rows }: PageProps) {
  const { columns } = state.size;
  const lines = all.slice(scroll, scroll + rows).map((row) => rowLine(row, columns, 0));
  return <Lines lines={lines} columns={columns} rows={rows} look={look} />;
}

function Steps({ state, look, rows }: BodyProps) {
  const { wide, list, detail } = layout(state);
  const all = detailRows(state);
  const listed = listLines(state, list.columns, wide ? rows - 1 : list.rows);
  const height = wide ? rows - 1 : rows - list.rows - 2;
  const shown = all.slice(state.scroll, state.scroll + height).map((row) => rowLine(row, detail.columns, state.shift));
  const place = placeText(state.scroll, height, all.length);
  const filter = <Lines lines={[filterLine(state)]} columns={state.size.columns} rows={1} look={look} />;
  if (wide) {
    return (
      <Box flexDirection="column">
        <Lines lines={[besideTitle(state, place)]} columns={state.size.columns} rows={1} look={look} />
        <Box>
          <Lines
            lines={divided(listed, list.columns, rows - 1)}
            columns={list.columns + 3}
            rows={rows - 1}
            look={look}
          />
          <Lines lines={shown} columns={detail.columns} rows={rows - 1} look={look} />
        </Box>
      </Box>
    );
  }
  return (
    <Box flexDirection="column">
      {filter}
      <Lines lines={listed} columns={list.columns} rows={list.rows} look={look} />
      <Lines lines={[ruleLine(list.columns, place)]} columns={list.columns} rows={1} look={look} />
      <Lines lines={shown} columns={detail.columns} rows={height} look={look} />
    </Box>
  );
}

function besideTitle(state: State, place: string): Line {
  return [...filterLine(state), span(place === '' ? '' : `  detail${place}`, { dim: true })];
}

/** The list with a line on its right. */
function divided(lines: readonly Line[], columns: number, rows: number): readonly Line[] {
  const divider = span(' │ ', { dim: true });
  return Array.from({ length: rows }, (_, at) => [...filled(shortened(lines[at] ?? [], columns), columns), divider]);
}
