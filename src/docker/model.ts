import type { Range } from '../elixir/ast.ts';
import { type Command, programsOf, programsOfWords } from './shell.ts';

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

/** One instruction of a Dockerfile; ranges index the whole text, lines count from 1. */
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
