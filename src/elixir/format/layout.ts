import { type Document, type Group, isSequence, type Nest } from './document.ts';

/** Where a document is laid out. */
export interface Room {
  /** Characters that a line may have. */
  readonly width: number;
  /** Column of the first character, from 0. */
  readonly column: number;
  /** Indentation of the lines after the first. */
  readonly indent: number;
  /** Columns that a text takes. */
  readonly columns: (text: string) => number;
}

/** How a group's breaks are taken; the last two only answer whether something fits. */
type Mode = 0 | 1 | 2 | 3;
const flat = 0;
const broken = 1;
/** Flat, whatever comes inside. */
const flatForGood = 2;
/** As if broken, whatever comes inside: all fits that reaches a break. */
const brokenForGood = 3;

/** Lays a document out. Blank lines are single, and no line ends in white space but inside a literal. */
export function layOut(document: Document, room: Room): string {
  return new Layout(room).run(document);
}

/** No mode: an entry of the stack that restores whether a break was seen. */
const restore = -1;

class Layout {
  readonly #room: Room;
  /** What is still to be laid out, the next entry last. */
  readonly #documents: Document[] = [];
  readonly #modes: Mode[] = [];
  readonly #indents: number[] = [];
  /** The same for the question whether something fits, kept to save allocations. */
  readonly #probe: Document[] = [];
  readonly #probeModes: number[] = [];
  readonly #probeIndents: number[] = [];
  #written = '';
  #column: number;
  /** Line breaks at the end of what is written; their indentation is written with the next text. */
  #lines = 0;
  #pending = 0;

  constructor(room: Room) {
    this.#room = room;
    this.#column = room.column;
  }

  run(document: Document): string {
    this.#push(document, flat, this.#room.indent);
    for (let next = this.#documents.pop(); next !== undefined; next = this.#documents.pop()) {
      const mode = this.#modes.pop() ?? flat;
      const indent = this.#indents.pop() ?? 0;
      if (typeof next === 'string') this.#text(next);
      else if (isSequence(next)) for (let at = next.length - 1; at >= 0; at--) this.#push(next[at] ?? '', mode, indent);
      else if (next.kind === 'line') this.#newLine(indent, next.exact);
      else if (next.kind === 'break') this.#break(next, mode, indent);
      else if (next.kind === 'nest') this.#nested(next, mode, indent);
      else if (next.kind === 'group') this.#group(next, mode, indent);
      else if (next.kind !== 'enough') this.#push(next.of, next.kind === 'limitless' ? flatForGood : mode, indent);
    }
    return this.#written;
  }

  #push(document: Document, mode: Mode, indent: number): void {
    this.#documents.push(document);
    this.#modes.push(mode);
    this.#indents.push(indent);
  }

  #text(text: string): void {
    if (text === '') return;
    if (this.#pending > 0) this.#written += ' '.repeat(this.#pending);
    this.#pending = 0;
    this.#lines = 0;
    this.#written += text;
    this.#column += this.#room.columns(text);
  }

  #newLine(indent: number, exact: boolean): void {
    if (exact || this.#lines < 2) {
      this.#written += '\n';
      this.#lines = exact ? 0 : this.#lines + 1;
    }
    this.#pending = indent;
    this.#column = indent;
  }

  #break(next: { flat: string; fill: boolean }, mode: Mode, indent: number): void {
    const after = this.#column + next.flat.length;
    if (mode !== broken || (next.fill && this.#fits(after, true))) this.#text(next.flat);
    else this.#newLine(indent, false);
  }

  #nested({ by, whenBroken, of }: Nest, mode: Mode, indent: number): void {
    const inside = by === 'cursor' ? this.#column : by === 'reset' ? 0 : indent + by;
    this.#push(of, mode, whenBroken && mode !== broken ? indent : inside);
  }

  #group(next: Group, mode: Mode, indent: number): void {
    const keeps = mode === flatForGood || (next.inherits && mode === broken);
    this.#push(next.of, keeps ? mode : flat, indent);
    if (!keeps && !this.#fits(this.#column, false, this.#documents.length - 1))
      this.#modes[this.#modes.length - 1] = broken;
  }

  /** Whether what lies on the stack above `floor` stays within the width up to its first sure line break. */
  #fits(from: number, broke: boolean, floor = 0): boolean {
    const { width, columns } = this.#room;
    let below = this.#documents.length;
    let column = from;
    let seenBreak = broke;
    this.#probe.length = this.#probeModes.length = this.#probeIndents.length = 0;
    // A line without any break is as short as it can be.
    while (column <= width || !seenBreak) {
      if (this.#probe.length === 0) {
        if (below <= floor) return true;
        below -= 1;
        this.#ask(this.#documents[below] ?? '', this.#modes[below] ?? flat, this.#indents[below] ?? 0);
      }
      const document = this.#probe.pop() ?? '';
      const mode = this.#probeModes.pop() ?? flat;
      const indent = this.#probeIndents.pop() ?? 0;
      if (mode === restore) {
        seenBreak = indent === 1;
      } else if (typeof document === 'string') {
        column += columns(document);
      } else if (isSequence(document)) {
        for (let at = document.length - 1; at >= 0; at--) this.#ask(document[at] ?? '', mode, indent);
      } else if (document.kind === 'break' || document.kind === 'line') {
        if (mode === broken || mode === brokenForGood) return true;
        seenBreak = document.kind === 'break';
        column = document.kind === 'break' ? column + document.flat.length : indent;
      } else if (document.kind === 'enough') {
        return true;
      } else if (document.kind === 'unflat' && mode !== brokenForGood) {
        return false;
      } else if (document.kind === 'last') {
        const good = document.mayBreak && mode !== flatForGood ? brokenForGood : flatForGood;
        this.#ask(document.of, good, indent);
      } else if (document.kind === 'group') {
        this.#ask('', restore, seenBreak ? 1 : 0);
        this.#ask(document.of, mode === broken ? flat : mode, indent);
      } else {
        this.#ask(document.of, mode, document.kind === 'nest' ? probedIndent(document, indent) : indent);
      }
    }
    return false;
  }

  #ask(document: Document, mode: number, indent: number): void {
    this.#probe.push(document);
    this.#probeModes.push(mode);
    this.#probeIndents.push(indent);
  }
}

function probedIndent({ by, whenBroken }: Nest, indent: number): number {
  if (by === 'reset') return 0;
  return whenBroken || by === 'cursor' ? indent : indent + by;
}
