import fc from 'fast-check';

/** A change to the bytes of a real file; places are shares of its length, so that they fit any file. */
type Mutation =
  | { readonly kind: 'cut'; readonly at: number; readonly share: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly share: number; readonly times: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'nest'; readonly at: number; readonly open: string; readonly depth: number }
  | { readonly kind: 'swap'; readonly from: string; readonly to: string }
  | { readonly kind: 'replace'; readonly bytes: Uint8Array };

const at = fc.double({ min: 0, max: 1, noNaN: true });
const share = fc.double({ min: 0, max: 0.3, noNaN: true });
const bytes = fc.uint8Array({ maxLength: 40 });
/** Pieces that parsers of these formats stumble over. */
const pieces = [
  '(',
  '[',
  '{',
  '%{',
  '"',
  '"""',
  '~s(',
  '#{',
  'do ',
  'fn -> ',
  '<<',
  "'",
  '[[',
  '- ',
  '${',
  '\\\n',
  ' end',
  '|>',
  '!',
  '&',
];
const swaps: readonly (readonly [string, string])[] = [
  ['\n', '\r\n'],
  ['\n', '\r'],
  ['\n', ' '],
  [' ', '\t'],
  ['"', "'"],
  ['e', 'é'],
  [':', ''],
  [',', ''],
  ['[', '('],
  ['end', 'ned'],
  ['a', '\u0000'],
  ['/', '/../'],
];

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at, share }),
  fc.record({ kind: fc.constant('repeat' as const), at, share, times: fc.nat(30) }),
  fc.record({ kind: fc.constant('insert' as const), at, bytes }),
  fc.record({
    kind: fc.constant('insert' as const),
    at,
    bytes: fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)),
  }),
  fc.record({ kind: fc.constant('nest' as const), at, open: fc.constantFrom(...pieces), depth: fc.nat(5000) }),
  fc.constantFrom(...swaps).map(([from, to]) => ({ kind: 'swap' as const, from, to })),
  fc.record({ kind: fc.constant('replace' as const), bytes: fc.uint8Array({ maxLength: 400 }) }),
);

/** A few mutations on top of each other. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 4 });

export function mutated(original: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce<Uint8Array>(apply, original);
}

function apply(text: Uint8Array, change: Mutation): Uint8Array {
  switch (change.kind) {
    case 'cut': {
      const { start, end } = part(text, change.at, change.share);
      return joined(text.slice(0, start), text.slice(end));
    }
    case 'repeat': {
      const { start, end } = part(text, change.at, change.share);
      const piece = text.slice(start, end).slice(0, 2000);
      return joined(text.slice(0, start), ...Array.from({ length: change.times }, () => piece), text.slice(start));
    }
    case 'insert':
      return inserted(text, change.at, change.bytes);
    case 'nest':
      return inserted(text, change.at, Buffer.from(change.open.repeat(change.depth)));
    case 'swap':
      return Buffer.from(Buffer.from(text).toString('latin1').replaceAll(change.from, change.to), 'latin1');
    case 'replace':
      return change.bytes;
  }
}

function part(text: Uint8Array, place: number, size: number): { start: number; end: number } {
  const start = Math.floor(place * text.length);
  return { start, end: Math.min(text.length, start + Math.ceil(size * text.length)) };
}

function inserted(text: Uint8Array, place: number, piece: Uint8Array): Uint8Array {
  const index = Math.floor(place * text.length);
  return joined(text.slice(0, index), piece, text.slice(index));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
