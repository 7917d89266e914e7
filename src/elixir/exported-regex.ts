import { everyExpr } from './children.ts';
import { type TextChange, withChanges } from './edited.ts';
import { parse } from './parse.ts';

/** First Elixir whose generator adds the modifier; older ones refuse to read it. */
export const exportedRegexSince = '1.19.3';

/** Whether Elixir source has a regular expression with the modifier `E`. */
export function hasExportedRegex(text: string): boolean {
  return modifiers(text).length > 0;
}

/**
 * Elixir source without the modifier `E` of regular expressions. The generator adds it by the Elixir that it runs on
 * (`exportedRegexSince`), so it tells nothing about the project.
 */
export function withoutExportedRegex(text: string): string {
  return withChanges(text, modifiers(text));
}

function modifiers(text: string): TextChange[] {
  if (!/~[rR][\s\S]*[^\s\w][a-zA-Z]*E\b/.test(text)) return [];
  return everyExpr(parse(text).body).flatMap((expr) => {
    if (expr.kind !== 'sigil' || !/^[rR]$/.test(expr.name) || !expr.modifiers.includes('E')) return [];
    const { end } = expr.range;
    return [{ start: end - expr.modifiers.length, end, text: expr.modifiers.replaceAll('E', '') }];
  });
}
