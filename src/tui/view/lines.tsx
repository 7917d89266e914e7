import { Box, Text } from 'ink';
import { memo } from 'react';
import { drawn, type Line } from '../text/line.ts';
import type { Look } from '../text/look.ts';

interface LinesProps {
  readonly lines: readonly Line[];
  readonly columns: number;
  readonly rows: number;
  readonly look: Look;
}

/** A pane of exactly `rows` rows. Text is cut here, and only measured by Ink. */
export function Lines({ lines, columns, rows, look }: LinesProps) {
  const texts = Array.from({ length: rows }, (_, at) => ({ at, text: drawn(lines[at] ?? [], columns, look) }));
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
      {texts.map(({ at, text }) => (
        <Row key={at} text={text} />
      ))}
    </Box>
  );
}

/** Rows that stay as they were are not drawn again. */
const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
