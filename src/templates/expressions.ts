import type { Expr } from '../elixir/ast.ts';
import { parse } from '../elixir/parse.ts';
import type { BracesNode, CodeNode } from './model.ts';

/** The Elixir of one place of a template. */
export interface TemplateCode {
  readonly body: readonly Expr[];
  /** Add this to a range of `body` to have it in the template's text. */
  readonly offset: number;
  /** Whether it parsed, completed by what stands in other EEx tags. */
  readonly parsed: boolean;
}

/** Text before and behind half an expression that makes it whole. */
type Frame = readonly [before: string, behind: string];

const frames: Record<CodeNode['role'], readonly Frame[]> = {
  plain: [['', '']],
  start: [
    ['', ' nil end'],
    ['', ' nil end)'],
    ['', ' nil end})'],
    ['', ' nil end])'],
  ],
  middle: [
    ['fn ', ' nil end'],
    ['if nil do nil ', ' nil end'],
  ],
  end: [
    ['fn -> nil ', ''],
    ['(fn -> nil ', ''],
  ],
};

/** Reads the code of an EEx tag, of `{…}`, or of an attribute in braces: `text` is the template's. */
export function codeOf(text: string, node: Pick<CodeNode, 'code' | 'role'> | Pick<BracesNode, 'code'>): TemplateCode {
  const { code } = node;
  const source = text.slice(code.start, code.end);
  for (const [before, behind] of frames['role' in node ? node.role : 'plain']) {
    const { body, problems } = parse(before + source + behind);
    if (problems.length === 0) return { body, offset: code.start - before.length, parsed: true };
  }
  return { body: parse(source).body, offset: code.start, parsed: false };
}
