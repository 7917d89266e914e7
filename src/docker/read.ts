import {
  type Instruction as AstInstruction,
  type Copy,
  DockerfileParser,
  type Flag,
  type From,
  type Run,
} from 'dockerfile-ast';
import type { Range } from '../elixir/ast.ts';
import { lineStarts } from '../elixir/position.ts';
import {
  argValues,
  type Dockerfile,
  expand,
  type Instruction,
  type InstructionFlag,
  type Property,
  type Stage,
} from './model.ts';
import { type Command, shellCommands } from './shell.ts';

/** Reads a Dockerfile. Never throws; a file without `FROM` has no stages. */
export function readDockerfile(text: string): Dockerfile {
  return new DockerfileReader(text).dockerfile();
}

class DockerfileReader {
  readonly #text: string;
  readonly #lines: number[];
  readonly #ast: ReturnType<typeof DockerfileParser.parse>;

  constructor(text: string) {
    this.#text = text;
    this.#lines = lineStarts(text);
    this.#ast = DockerfileParser.parse(text);
  }

  dockerfile(): Dockerfile {
    const instructions = this.#ast.getInstructions().map((one) => ({ ast: one, read: this.#instruction(one) }));
    const first = instructions.findIndex(({ read }) => read.keyword === 'FROM');
    const args = instructions.slice(0, first === -1 ? undefined : first).map(({ read }) => read);
    const stages: Stage[] = [];
    for (const [at, { ast, read }] of instructions.entries()) {
      if (read.keyword !== 'FROM') continue;
      const rest = instructions.slice(at + 1);
      const next = rest.findIndex((one) => one.read.keyword === 'FROM');
      const own = rest.slice(0, next === -1 ? undefined : next).map((one) => one.read);
      stages.push(this.#stage(ast as From, read, own, args, stages));
    }
    const comments = this.#ast.getComments().map((comment) => this.#range(comment.getRange()));
    return { text: this.#text, escape: this.#ast.getEscapeCharacter(), args, stages, comments };
  }

  #stage(ast: From, from: Instruction, instructions: Instruction[], args: Instruction[], before: Stage[]): Stage {
    const image = (ast.getImage() ?? '').replace(/^"(.*)"$/, '$1');
    const resolved = expand(image, argValues(args));
    return {
      index: before.length,
      name: ast.getBuildStage(),
      from,
      image,
      imageRange: ast.getImageRange() ? this.#range(ast.getImageRange()) : from.range,
      resolved,
      base: before.find(({ name }) => name?.toLowerCase() === resolved.toLowerCase()) ?? null,
      instructions,
    };
  }

  #instruction(ast: AstInstruction): Instruction {
    const range = this.#range(ast.getRange());
    const keyword = ast.getKeyword();
    const flags = 'getFlags' in ast ? (ast.getFlags as () => Flag[])().map((flag) => this.#flag(flag)) : [];
    const words = ast.getArguments().map((arg) => arg.getValue());
    const json = this.#json(ast);
    const heredocs = 'getHeredocs' in ast ? (ast as Run | Copy).getHeredocs() : [];
    return {
      keyword,
      range: heredocs.length > 0 ? { start: range.start, end: this.#heredocEnd(ast, range) } : range,
      line: ast.getRange().start.line + 1,
      text: words.join(' '),
      flags,
      json,
      words: json ?? words,
      commands: commandKeywords.has(keyword) && json === null ? this.#commands(ast, range, heredocs.length > 0) : [],
      properties: this.#properties(ast),
      heredoc: heredocs.length > 0,
    };
  }

  #heredocEnd(ast: AstInstruction, range: Range): number {
    const ends = (ast as Run).getHeredocs().map((one) => one.getDelimiterRange());
    return Math.max(range.end, ...ends.map((end) => (end ? this.#range(end).end : range.end)));
  }

  #flag(flag: Flag): InstructionFlag {
    return { name: flag.getName(), value: flag.getValue() };
  }

  /** Read as JSON from the text itself: the parser's own strings lose the spaces in them. */
  #json(ast: AstInstruction): string[] | null {
    const [first] = ast.getArguments();
    if (!first || !('getJSONStrings' in ast)) return null;
    const text = this.#text.slice(this.#range(first.getRange()).start, this.#range(ast.getRange()).end);
    return jsonWords(withoutContinuations(text, this.#ast.getEscapeCharacter()));
  }

  #commands(ast: AstInstruction, range: Range, heredoc: boolean): readonly Command[] {
    if (heredoc) {
      return (ast as Run).getHeredocs().flatMap((one) => {
        const content = one.getContentRange();
        return content ? shellCommands(this.#text, this.#range(content), { escape: '\\', script: true }) : [];
      });
    }
    const [first] = ast.getArguments();
    if (!first) return [];
    const start = this.#range(first.getRange()).start;
    return shellCommands(
      this.#text,
      { start, end: range.end },
      { escape: this.#ast.getEscapeCharacter(), script: false },
    );
  }

  #properties(ast: AstInstruction): Property[] {
    if (!('getProperties' in ast) && !('getProperty' in ast)) return [];
    const source = ast as unknown as { getProperties?: () => AstProperty[]; getProperty?: () => AstProperty | null };
    const found = source.getProperties?.() ?? [source.getProperty?.() ?? null];
    return found.flatMap((property) => {
      if (property === null) return [];
      const valueRange = property.getValueRange();
      return [
        {
          name: property.getName(),
          value: property.getValue(),
          valueRange: valueRange ? this.#range(valueRange) : null,
          range: this.#range(property.getRange()),
        },
      ];
    });
  }

  #range(range: LspRange | null): Range {
    if (range === null) return { start: 0, end: 0 };
    const offset = (at: LspRange['start']) => (this.#lines[at.line] ?? this.#text.length) + at.character;
    return { start: offset(range.start), end: Math.min(offset(range.end), this.#text.length) };
  }
}

interface LspRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

interface AstProperty {
  getName(): string;
  getValue(): string | null;
  getValueRange(): LspRange | null;
  getRange(): LspRange;
}

const commandKeywords = new Set(['RUN', 'CMD', 'ENTRYPOINT']);

function withoutContinuations(text: string, mark: string): string {
  return text.replaceAll(`${mark}\r\n`, ' ').replaceAll(`${mark}\n`, ' ');
}

/** Words of a JSON list of strings; null for any other text, which Docker then takes for the shell form. */
function jsonWords(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : null;
  } catch {
    return null;
  }
}
