import type { Node } from 'web-tree-sitter';

/** A node of tree-sitter's tree. What is known of it is asked for once: each question is a call into WebAssembly. */
export class Concrete {
  readonly type: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly #node: Node;
  #children: readonly Concrete[] | undefined;

  constructor(node: Node) {
    this.#node = node;
    this.type = node.type;
    this.start = node.startIndex;
    this.end = node.endIndex;
  }

  /** Counted from 1. */
  get line(): number {
    return this.#node.startPosition.row + 1;
  }

  /** The named children, comments among them. */
  get children(): readonly Concrete[] {
    this.#children ??= this.#node.namedChildren.map((child) => new Concrete(child));
    return this.#children;
  }

  field(name: string): Concrete | null {
    const child = this.#node.childForFieldName(name);
    return child && new Concrete(child);
  }

  /** Whether the first child is this token. */
  opensWith(token: string): boolean {
    return this.#node.firstChild?.type === token;
  }
}
