import {
  type Instruction as AstInstruction,
  type Copy,
  DockerfileParser,
  type Flag,
  type From,
  type Run,
} from 'dockerfile-ast';
import type { Range } from '../elixir/ast.ts';
import { type Command, programsOf, programsOfWords, shellCommands } from './shell.ts';

/** A `--name=value` of an instruction. */
export interface InstructionFlag {
  readonly name: string;
  readonly value: string | null;
}

/** A `NAME=value` of `ARG`, `ENV` or `LABEL`; null is an `ARG` without a default. */
export interface Property {
  readonly name: string;
  readonly value: string | null;
  /** The value as written, quotes included; null where there is none. */
  readonly valueRange: Range | null;
  readonly range: Range;
}

export interface Instruction {
  /** In capitals: `RUN`. */
  readonly keyword: string;
  /** From the keyword to the last argument, continuation lines and heredocs included. */
  readonly range: Range;
  readonly line: number;
  /** Arguments on one line without flags; variables as written. */
  readonly text: string;
  readonly flags: readonly InstructionFlag[];
  /** Words of the JSON form; null in the shell form. */
  readonly json: readonly string[] | null;
  /** Arguments of instructions that take words, flags aside. */
  readonly words: readonly string[];
  /** Commands of `RUN`, `CMD` and `ENTRYPOINT` in shell form; those of a heredoc have its lines. */
  readonly commands: readonly Command[];
  readonly properties: readonly Property[];
  readonly heredoc: boolean;
}

/** A stage from its `FROM` on. */
export interface Stage {
  readonly index: number;
  /** `AS name`; null where it has none. */
  readonly name: string | null;
  readonly from: Instruction;
  /** Image as written, `${BUILDER_IMAGE}`. */
  readonly image: string;
  readonly imageRange: Range;
  /** Image with every `ARG` filled in; a name of another stage stays. */
  readonly resolved: string;
  /** The stage it begins from, where `FROM` names one. */
  readonly base: Stage | null;
  /** Those after `FROM`. */
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile as values. Ranges index `text`. */
export interface Dockerfile {
  readonly text: string;
  readonly escape: string;
  /** Before the first `FROM`. */
  readonly args: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly comments: readonly Range[];
}

/** Reads a Dockerfile. Never throws; a file without `FROM` has no stages. */
export function readDockerfile(text: string): Dockerfile {
  return new Reading(text).dockerfile();
}

class Reading {
  readonly #text: string;
  readonly #lines: number[];
  readonly #ast: ReturnType<typeof DockerfileParser.parse>;

  constructor(text: string) {
    this.#text = text;
    this.#lines = lineOffsets(text);
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

function lineOffsets(text: string): number[] {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}

/** Defaults of `ARG` instructions by name, each with those before it filled in. */
export function argValues(args: readonly Instruction[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { properties } of args.filter(({ keyword }) => keyword === 'ARG')) {
    for (const { name, value } of properties) if (value !== null) values.set(name, expand(value, values));
  }
  return values;
}

/** Fills in `$NAME`, `${NAME}` and `${NAME:-default}`; what has no value stays as written. */
export function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g, (all, plain, braced, fallback) => {
    return values.get(plain ?? braced) ?? fallback ?? all;
  });
}

/** Every program that an instruction starts, in the shell and in the JSON form. */
export function programs(instruction: Instruction): (readonly string[])[] {
  return instruction.json ? programsOfWords(instruction.json) : programsOf(instruction.commands);
}

/** `NAME` → value of the `ENV` of a stage, the last one of a name. */
export function environment(stage: Stage): Map<string, string> {
  const values = stage.base ? environment(stage.base) : new Map<string, string>();
  for (const { keyword, properties } of stage.instructions) {
    if (keyword !== 'ENV') continue;
    for (const { name, value } of properties) values.set(name, value ?? '');
  }
  return values;
}
