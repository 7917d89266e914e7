import { Refusal } from '../refusal.ts';

/** Whether a character, by its code unit, is of a set. */
export type Test = (code: number) => boolean;

/** A regular expression taken apart. */
export type Node =
  | { readonly kind: 'character'; readonly test: Test }
  | {
      readonly kind: 'assert';
      readonly at: 'start' | 'end' | 'boundary' | 'text-start' | 'text-end' | 'line-start' | 'line-end';
    }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'group'; readonly item: Node; readonly index: number | null }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };

export interface Syntax {
  readonly node: Node;
  /** Name by number of a group; the groups without one are absent. */
  readonly names: ReadonlyMap<number, string>;
  readonly groups: number;
}

/** `{n,m}` repeats its item in the program this often at most. */
const mostRepeats = 200;

const named: Readonly<Record<string, Test>> = {
  d: (code) => code >= 48 && code <= 57,
  w: (code) => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122),
  s: (code) => code === 32 || (code >= 9 && code <= 13),
  h: (code) => code === 32 || code === 9,
  R: (code) => code === 10 || code === 13,
};
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, e: 27, a: 7, 0: 0 };

/** Reads a regular expression as PCRE has it. Throws `Refusal` for what is not known here, backreferences and look-around too. */
export function readRegex(source: string, modifiers: string): Syntax {
  const unknown = [...modifiers].find((letter) => !'imsuxEU'.includes(letter) || letter === 'x');
  if (unknown !== undefined) throw new Refusal('unknown', `the modifier ${unknown} of a regular expression`);
  return new Reader(source, modifiers).read();
}

class Reader {
  readonly #source: string;
  readonly #modifiers: string;
  readonly #names = new Map<number, string>();
  #at = 0;
  #groups = 0;

  constructor(source: string, modifiers: string) {
    this.#source = source;
    this.#modifiers = modifiers;
  }

  read(): Syntax {
    const node = this.#choice();
    if (this.#at < this.#source.length) throw this.#unknown();
    return { node, names: this.#names, groups: this.#groups };
  }

  #unknown(): Refusal {
    return new Refusal('unknown', `the regular expression ${this.#source}`);
  }

  #takes(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #choice(): Node {
    const items = [this.#sequence()];
    while (this.#takes('|')) items.push(this.#sequence());
    const [only] = items;
    return items.length === 1 && only ? only : { kind: 'choice', items };
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) {
      items.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', items };
  }

  #repeated(item: Node): Node {
    const bounds = this.#bounds();
    if (bounds === null) return item;
    const [least, most] = bounds;
    // `U` turns round what a question mark means.
    const lazy = this.#takes('?') !== this.#modifiers.includes('U');
    if (this.#takes('+')) throw this.#unknown();
    return { kind: 'repeat', item, least, most, lazy };
  }

  #bounds(): [number, number] | null {
    if (this.#takes('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#takes('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#takes('?')) return [0, 1];
    const [found, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(this.#source.slice(this.#at)) ?? [];
    if (found === undefined) return null;
    this.#at += found.length;
    const upper = comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (Number(least) > mostRepeats || (upper !== Number.POSITIVE_INFINITY && upper > mostRepeats))
      throw this.#unknown();
    return [Number(least), upper];
  }

  #atom(): Node {
    if (this.#takes('(')) return this.#group();
    if (this.#takes('[')) return { kind: 'character', test: this.#set() };
    if (this.#takes('^')) return { kind: 'assert', at: this.#modifiers.includes('m') ? 'line-start' : 'start' };
    if (this.#takes('$')) return { kind: 'assert', at: this.#modifiers.includes('m') ? 'line-end' : 'end' };
    if (this.#takes('.'))
      return { kind: 'character', test: this.#modifiers.includes('s') ? () => true : (code) => code !== 10 };
    if (this.#takes('\\')) return this.#escape();
    if ('*+?'.includes(this.#source[this.#at] ?? '')) throw this.#unknown();
    return { kind: 'character', test: this.#literal(this.#source.charCodeAt(this.#at++)) };
  }

  #group(): Node {
    const isPlain = this.#takes('?:');
    const [opening, name] = /^\?P?<([A-Za-z_]\w*)>/.exec(this.#source.slice(this.#at)) ?? [];
    if (opening !== undefined) this.#at += opening.length;
    else if (!isPlain && this.#source[this.#at] === '?') throw this.#unknown();
    if (!isPlain) this.#groups += 1;
    const index = isPlain ? null : this.#groups;
    if (index !== null && name !== undefined) this.#names.set(index, name);
    const item = this.#choice();
    if (!this.#takes(')')) throw this.#unknown();
    return { kind: 'group', item, index };
  }

  #escape(): Node {
    const letter = this.#source[this.#at] ?? '';
    const assertions: Record<string, 'text-start' | 'text-end' | 'boundary' | 'end'> = {
      A: 'text-start',
      z: 'text-end',
      Z: 'end',
      b: 'boundary',
    };
    const assertion = assertions[letter];
    if (assertion) {
      this.#at += 1;
      return { kind: 'assert', at: assertion };
    }
    return { kind: 'character', test: this.#escaped() };
  }

  /** A named set, a control character, or the character itself. */
  #escaped(): Test {
    const letter = this.#source[this.#at] ?? '';
    this.#at += 1;
    const set = named[letter];
    if (set) return set;
    const inverse = named[letter.toLowerCase()];
    if (inverse && /[DWSH]/.test(letter)) return (code) => !inverse(code);
    const control = controls[letter];
    if (control !== undefined) return (code) => code === control;
    if (/[A-Za-z0-9]/.test(letter) || letter === '') throw this.#unknown();
    return this.#literal(letter.charCodeAt(0));
  }

  #literal(wanted: number): Test {
    if (!this.#modifiers.includes('i')) return (code) => code === wanted;
    const lower = String.fromCharCode(wanted).toLowerCase();
    return (code) => String.fromCharCode(code).toLowerCase() === lower;
  }

  #set(): Test {
    const isInverse = this.#takes('^');
    const tests: Test[] = [];
    for (let first = true; first || this.#source[this.#at] !== ']'; first = false) {
      if (this.#at >= this.#source.length || this.#source.startsWith('[:', this.#at)) throw this.#unknown();
      tests.push(this.#member());
    }
    this.#at += 1;
    return (code) => tests.some((test) => test(code)) !== isInverse;
  }

  #member(): Test {
    if (this.#takes('\\')) return this.#escaped();
    const from = this.#source.charCodeAt(this.#at++);
    const isRange = this.#source[this.#at] === '-' && !['\\', ']', undefined].includes(this.#source[this.#at + 1]);
    if (!isRange) return this.#literal(from);
    const to = this.#source.charCodeAt(this.#at + 1);
    this.#at += 2;
    if (to < from) throw this.#unknown();
    return this.#span(from, to);
  }

  #span(from: number, to: number): Test {
    const within: Test = (code) => code >= from && code <= to;
    if (!this.#modifiers.includes('i')) return within;
    return (code) => {
      const letter = String.fromCharCode(code);
      return within(letter.toLowerCase().charCodeAt(0)) || within(letter.toUpperCase().charCodeAt(0));
    };
  }
}
