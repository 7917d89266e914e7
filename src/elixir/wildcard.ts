/** Offsets reached so far. */
type Places = ReadonlySet<number>;

/** Where a piece of a wildcard ends that begins at one of the places. */
type Piece = (name: string, places: Places) => Places;

/**
 * Whether a file's name is one that a segment of a wildcard means, as `Path.wildcard/1` reads it: `*`, `?`, `[a-c,x]` and
 * `{one,other}`; names that begin with a dot are hidden. All places are followed at once, so that no pattern takes longer
 * than its length times that of the name.
 */
export function nameMatcher(segment: string): (name: string) => boolean {
  const pieces = piecesOf(segment);
  return (name) => !name.startsWith('.') && followed(pieces, name, new Set([0])).has(name.length);
}

/**
 * Whether a path is one that a pattern means, as `Path.wildcard/2` reads it with `match_dot: true`: what `nameMatcher` knows,
 * within one segment, and `**` for any number of folders.
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const pieces = piecesOf(pattern.replace(/^(?:\.\/)+/, ''));
  return (path) => followed(pieces, path, new Set([0])).has(path.length);
}

function followed(pieces: readonly Piece[], name: string, start: Places): Places {
  let places = start;
  for (const piece of pieces) {
    if (places.size === 0) break;
    places = piece(name, places);
  }
  return places;
}

/** A bracket or brace that nothing closes stands for itself. */
function piecesOf(segment: string): Piece[] {
  const parts = segment.match(/(?<![^/])\*\*(?:\/|$)|\*|\?|\[[^\]]+\]|\{[^{}]*\}|[^*?[{]+|[[{]/g) ?? [];
  return parts.map(pieceOf);
}

function pieceOf(part: string): Piece {
  if (part.startsWith('**')) return anyFolders(part.endsWith('/'));
  if (part === '*') return anyRest;
  if (part === '?') return one((character) => character !== '/');
  if (part.length > 1 && part.startsWith('[')) return one(classOf(part.slice(1, -1)));
  if (part.length > 1 && part.startsWith('{')) return oneOf(part.slice(1, -1).split(',').map(piecesOf));
  return literal(part);
}

/** All up to the end of a segment. */
const anyRest: Piece = (name, places) => {
  const found = new Set(places);
  for (let at = Math.min(...places); at < name.length; at += 1)
    if (found.has(at) && name[at] !== '/') found.add(at + 1);
  return found;
};

/** `**` stands for all that follows, `**` and a slash for the folders before something. */
function anyFolders(isBefore: boolean): Piece {
  return (name, places) => {
    const first = Math.min(...places);
    const rest = Array.from({ length: name.length - first }, (_, index) => first + index + 1);
    return new Set([...places, ...(isBefore ? rest.filter((place) => name[place - 1] === '/') : rest)]);
  };
}

function literal(text: string): Piece {
  return (name, places) =>
    new Set([...places].filter((place) => name.startsWith(text, place)).map((place) => place + text.length));
}

function one(isMeant: (character: string) => boolean): Piece {
  return (name, places) =>
    new Set([...places].filter((place) => place < name.length && isMeant(name[place] ?? '')).map((place) => place + 1));
}

function oneOf(choices: readonly (readonly Piece[])[]): Piece {
  return (name, places) => new Set(choices.flatMap((pieces) => [...followed(pieces, name, places)]));
}

/** Characters and ranges of them, with or without commas between. */
function classOf(text: string): (character: string) => boolean {
  const members = text.match(/[^-]-[^-]|./gs) ?? [];
  return (character) =>
    members.some((member) =>
      member.length === 3 ? character >= (member[0] ?? '') && character <= (member[2] ?? '') : character === member,
    );
}
