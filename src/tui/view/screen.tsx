import { defaultTheme, extendTheme, Spinner, ThemeProvider } from '@inkjs/ui';
import { Box, Text } from 'ink';
import { memo } from 'react';
import type { State } from '../state/state.ts';
import { drawn } from '../text/line.ts';
import type { Look } from '../text/look.ts';
import { busyRow, frameLines } from './frame.ts';

interface ScreenProps {
  readonly state: State;
  readonly look: Look;
}

/** The whole screen, one text for each row. Draws the state and decides nothing. */
export function Screen({ state, look }: ScreenProps) {
  const working = busyRow(state);
  const rows = frameLines(state, look).map((line, at) => ({ at, text: drawn(line, state.size.columns, look) }));
  return (
    <Box flexDirection="column">
      {rows.map(({ at, text }) =>
        at === working ? <Busy key={at} text={state.busy ?? ''} look={look} /> : <Row key={at} text={text} />,
      )}
    </Box>
  );
}

/** Rows that stay as they were are not drawn again. */
const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

/** Without the colour that the theme has, which some backgrounds swallow. */
const theme = extendTheme(defaultTheme, { components: { Spinner: { styles: { frame: () => ({}) } } } });

function Busy({ text, look }: { readonly text: string; readonly look: Look }) {
  return (
    <ThemeProvider theme={theme}>
      <Spinner type={look.unicode ? 'dots' : 'line'} label={text} />
    </ThemeProvider>
  );
}
