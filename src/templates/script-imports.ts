import type { Edited } from '../elixir/edited.ts';

/** Lets a script import style sheets, each in the place of what it imported before. */
export interface ScriptImportsOperation {
  readonly kind: 'script-imports';
  readonly path: string;
  readonly imports: readonly StyleImport[];
  /** Paths of all sheets that the script leads to, those that the imported ones import among them, by their former names. */
  readonly sheets: readonly string[];
}

/** A style sheet as a script names it, `../css/site.css`. */
export interface StyleImport {
  /** The former name; null where nothing imported it. */
  readonly from: string | null;
  readonly to: string;
}

/** Also under a name, `import css from "../css/app.css"`, as older generators wrote it: nothing of the sheet is in it. */
const imported = /^[ \t]*(?:import\s+(?:\w+\s+from\s+)?|require\()(["'])([^"']+\.(?:css|s[ac]ss|less))\1\)?/gm;

/** The style sheets that a script imports for what they do, in its order. */
export function importedStyles(text: string): string[] {
  return [...text.matchAll(imported)].flatMap(([, , name = '']) => name);
}

/** The script with these imports: what a merge took out comes back at its head; twice is once. */
export function importStyles(text: string, imports: readonly StyleImport[]): Edited {
  const renamed = text.replace(imported, (whole, quote: string, name: string) => {
    const known = imports.find(({ from }) => from === name);
    return known ? `import ${quote}${known.to}${quote}` : whole;
  });
  const present = importedStyles(renamed);
  const missing = imports.filter(({ to }) => !present.includes(to));
  const head = missing.map(({ to }) => `import "${to}"\n`).join('');
  return { ok: true, text: head === '' ? renamed : `${head}\n${renamed}` };
}
