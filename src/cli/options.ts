import type { commands } from './declarations.ts';

type Declared = (typeof commands)[number]['options'][number];

type Camel<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;

/** What an option's value may be: one of its choices where it has some. */
type ValueOf<Option> = Option extends { readonly choices: readonly [infer Word, ...unknown[]] } ? Word : string;

type OptionValue<Option> = Option extends { readonly flags: infer Flags extends string }
  ? Flags extends `--no-${infer Name}`
    ? { readonly [Key in Camel<Name>]?: boolean }
    : Flags extends `--${infer Name} <${string}...>`
      ? { readonly [Key in Camel<Name>]?: readonly ValueOf<Option>[] }
      : Flags extends `--${infer Name} [${string}...]`
        ? { readonly [Key in Camel<Name>]?: boolean | readonly ValueOf<Option>[] }
        : Flags extends `--${infer Name} <${string}>`
          ? { readonly [Key in Camel<Name>]?: ValueOf<Option> }
          : Flags extends `--${infer Name}`
            ? { readonly [Key in Camel<Name>]?: boolean }
            : never
  : never;

type Joined<Union> = (Union extends unknown ? (value: Union) => void : never) extends (value: infer All) => void
  ? All
  : never;

/** Of commands that print in different formats each declares its own: joined they would leave only what is common. */
type Format = Extract<Declared, { readonly flags: '--format <format>' }>;

/** Gives its opposite, `--verify [command...]`, another value. */
type NoVerify = Extract<Declared, { readonly flags: '--no-verify' }>;

/** The options of every command by the name that the parser gives them; made from the declarations. */
export type Options = Joined<OptionValue<Exclude<Declared, Format | NoVerify>>> & { readonly format?: ValueOf<Format> };
