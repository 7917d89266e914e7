import { Refusal } from '../../../elixir/evaluate/refusal.ts';
import { format } from '../../../elixir/format/format.ts';

/** A text as `Code.format_string!` gives it, without a newline at its end. Throws a `Refusal` for what is not known. */
export function formatted(text: string): string {
  const result = format(text);
  if (!result.ok) throw new Refusal('unknown', `formatting of line ${result.refusal.line} (${result.refusal.kind})`);
  return result.text.replace(/\n$/, '');
}
