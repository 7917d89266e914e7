/** How tight an operator binds, the tightest last, and from which side. The operators page of Elixir's documentation has them. */
const levels: readonly (readonly [side: 'left' | 'right', operators: string])[] = [
  ['left', '<- \\\\'],
  ['right', 'when'],
  ['right', '::'],
  ['right', '|'],
  ['right', '=>'],
  ['right', '='],
  ['left', '|| ||| or'],
  ['left', '&& &&& and'],
  ['left', '== != =~ === !=='],
  ['left', '< > <= >='],
  ['left', '|> <<< >>> <<~ ~>> <~ ~> <~> <|>'],
  ['left', 'in not~in'],
  ['left', '^^^'],
  ['right', '//'],
  ['right', '++ -- +++ --- .. <>'],
  ['left', '+ -'],
  ['left', '* /'],
  ['left', '**'],
];

interface Level {
  readonly tightness: number;
  readonly side: 'left' | 'right';
}

const table = new Map<string, Level>(
  levels.flatMap(([side, operators], tightness) =>
    operators.split(' ').map((operator): [string, Level] => [operator.replace('~i', ' i'), { tightness, side }]),
  ),
);

/** Written without spaces. */
export const tightOperators = new Set(['..', '//']);
/** Never broken before or behind. */
export const unbreakable = new Set(['\\\\', 'in', 'not in']);
/** Each begins a line, if the whole does not fit on one. */
export const leading = new Set(['|', 'when']);
/** The same, and one line break in the text breaks them all. */
export const pipes = new Set(['|>', '~>>', '<<~', '~>', '<~', '<~>', '<|>']);
/** Their right side may open a bracket at the end of the line, although the whole does not fit. */
export const opening = new Set(['=', '<-', '==', '!=', '=~', '===', '!==', '<', '>', '<=', '>=', '::']);
/** A line break behind them in the text does not count. */
export const joinsLines = new Set(['=']);
/** Operators that have operands of other levels in parentheses, for the sake of readers. */
const parenthesized = new Set([
  '|>',
  '<<<',
  '>>>',
  '<~',
  '~>',
  '<<~',
  '~>>',
  '<~>',
  '<|>',
  '^^^',
  '+++',
  '---',
  'in',
  'not in',
  '++',
  '--',
  '..',
  '<>',
]);
const logical = new Set(['||', '|||', 'or', '&&', '&&&', 'and']);

/** Whether a capture needs parentheses as the operand of an operator. */
export function captureNeedsParens(outer: string, side: 'left' | 'right'): boolean {
  const tightest = table.get('=')?.tightness ?? 0;
  return side === 'left' || (table.get(outer)?.tightness ?? 0) > tightest;
}

/** Whether an operator's operand on this side needs parentheses, being an operation itself. */
export function needsParens(operator: string, outer: string, side: 'left' | 'right'): boolean {
  if (outer === '=>') return true;
  const [inside, outside] = [table.get(operator), table.get(outer)];
  if (inside === undefined || outside === undefined) return true;
  if (inside.tightness === outside.tightness && outside.side === side) return side === 'right' && operator !== outer;
  if ((parenthesized.has(outer) && !tightOperators.has(operator)) || (logical.has(operator) && logical.has(outer)))
    return true;
  return inside.tightness <= outside.tightness;
}
