/** What was made of the texts that were asked for last: planning reads the same ones again and again. */
export class RecentTexts<Value> {
  readonly #made = new Map<string, Value>();
  readonly #characters: number;
  #kept = 0;

  /** The oldest texts are forgotten when there are more characters than this. */
  constructor(characters: number) {
    this.#characters = characters;
  }

  /** What `make` returns for a text. */
  get(text: string, make: (text: string) => Value): Value {
    const known = this.#made.get(text);
    if (known === undefined) return this.#remembered(text, make(text));
    this.#made.delete(text);
    this.#made.set(text, known);
    return known;
  }

  #remembered(text: string, value: Value): Value {
    this.#made.set(text, value);
    this.#kept += text.length;
    for (const oldest of this.#made.keys()) {
      if (this.#kept <= this.#characters) break;
      this.#made.delete(oldest);
      this.#kept -= oldest.length;
    }
    return value;
  }
}
