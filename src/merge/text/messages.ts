/** An entry of a gettext file: lines up to a blank one. */
interface Entry {
  /** Its `msgctxt` and `msgid`. */
  readonly key: string;
  readonly text: string;
}

/**
 * Merges gettext files by message: new ones are added at the end, those that one side changed are taken. Null where
 * both changed one, or a text repeats a message.
 */
export function mergeMessages(base: string, yours: string, target: string): string | null {
  const [b, y, t] = [base, yours, target].map(entriesOf);
  if (!b || !y || !t) return null;
  const merged: string[] = [];
  for (const [key, text] of y) {
    const [then, now] = [b.get(key), t.get(key)];
    if (then !== undefined && now !== then && now !== text && then !== text) return null;
    const taken = then !== undefined && then === text ? now : text;
    if (taken !== undefined) merged.push(taken);
  }
  for (const [key, text] of t) if (!y.has(key) && !b.has(key)) merged.push(text);
  return `${merged.join('\n\n')}\n`;
}

function entriesOf(text: string): Map<string, string> | null {
  const entries = text
    .trimEnd()
    .split(/\n{2,}/)
    .map((lines): Entry => ({ key: keyOf(lines), text: lines }));
  const byKey = new Map(entries.map(({ key, text: lines }) => [key, lines]));
  return byKey.size === entries.length ? byKey : null;
}

/** The lines of `msgctxt` and `msgid` with what continues them; comments alone are known by themselves. */
function keyOf(lines: string): string {
  const match = /^(msgctxt [\s\S]*?)?msgid (?:"[^\n]*"\n?)+/m.exec(lines);
  return match ? match[0].trim() : lines;
}
