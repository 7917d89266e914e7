/** Names that Windows gives to devices, with any ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a path of a pack stays below the directory it is written to, on every system. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.length > 400 || path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\\'))
    return false;
  if ([...path].some((character) => character < ' ' || character === '\u007f')) return false;
  return path
    .split('/')
    .every(
      (part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git' && !device.test(part),
    );
}

/** The first path that another one equals or equals but for letter case, also as a directory; null if none. */
export function collision(paths: readonly string[]): string | null {
  const spelled = new Map<string, string>();
  const files = new Set<string>();
  for (const path of paths) {
    const folded = fold(path);
    if (files.has(folded)) return path;
    files.add(folded);
    for (const parent of parentsOf(path)) {
      const known = spelled.get(fold(parent));
      if (known !== undefined && known !== parent) return path;
      spelled.set(fold(parent), parent);
    }
  }
  return paths.find((path) => spelled.has(fold(path))) ?? null;
}

function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
