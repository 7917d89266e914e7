import { codeText, type Token, tokensOf } from '../elixir/tokens.ts';
import { type Address, AddressMap } from '../facts/address.ts';
import type { Fact } from '../facts/fact.ts';
import type { Fate } from './account.ts';
import type { FileDiff, Hunk } from './tree-diff.ts';

/** One file in the old and in the new pristine project; empty text where it is not. */
export interface TwoTexts {
  readonly old: string;
  readonly target: string;
}

/** The facts that both pristine projects state, with their places. */
export interface TwoFacts {
  readonly old: readonly Fact[];
  readonly target: readonly Fact[];
}

/** First and last line, from 1. */
interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What becomes of each hunk of a file that facts decide on: covered when a fact on a changed line is in a step, else
 * what `fateOf` says of those facts. A hunk without facts is left out when it changes only comments and layout;
 * else it is open.
 */
export function factFates(
  file: FileDiff,
  texts: TwoTexts,
  facts: TwoFacts,
  fateOf: (address: Address) => Fate | undefined,
): Fate[] {
  const isCommentOnly = commentHunks(texts);
  return file.hunks.map((hunk) => {
    if (isCommentOnly(hunk)) return 'comment-only';
    const fates = addressesOf(hunk, file, facts).map(fateOf);
    return fates.find((fate) => fate === 'covered') ?? fates.find((fate) => fate !== undefined) ?? 'open';
  });
}

/** Addresses of the facts that a hunk's changed lines state, in the old and in the new project. */
export function addressesOf(hunk: Hunk, { path, from }: FileDiff, facts: TwoFacts): Address[] {
  const { removed, added } = changedLines(hunk);
  const stated = [...statedAt(facts.old, from ?? path, removed), ...statedAt(facts.target, path, added)];
  return new AddressMap(stated.map((address) => [address, true])).addresses;
}

/** Lines of the old and of the new file that a hunk removes and adds. */
function changedLines({ oldStart, newStart, lines }: Hunk): { removed: number[]; added: number[] } {
  const removed: number[] = [];
  const added: number[] = [];
  let [old, next] = [oldStart, newStart];
  for (const line of lines) {
    if (line.startsWith('-')) removed.push(old);
    if (line.startsWith('+')) added.push(next);
    if (!line.startsWith('+') && !line.startsWith('\\')) old += 1;
    if (!line.startsWith('-') && !line.startsWith('\\')) next += 1;
  }
  return { removed, added };
}

/** A fact of several lines has only its first in `at`: a line belongs to the nearest fact at or above it. */
function statedAt(facts: readonly Fact[], path: string, lines: readonly number[]): Address[] {
  const here = facts.flatMap(({ address, at }) => (at?.path === path ? [{ address, line: at.line }] : []));
  return lines.flatMap((line) => {
    const nearest = Math.max(0, ...here.map((fact) => fact.line).filter((own) => own <= line));
    return here.filter((fact) => fact.line === nearest).map(({ address }) => address);
  });
}

/** Tells whether a hunk changes only comments, blank lines and layout of an Elixir file. */
export function commentHunks({ old, target }: TwoTexts): (hunk: Hunk) => boolean {
  const [before, after] = [tokensOf(old), tokensOf(target)];
  if (before === null || after === null) return () => false;
  return (hunk) => {
    const was = within(before.code, rangeOf(hunk.oldStart, hunk.oldLines));
    const is = within(after.code, rangeOf(hunk.newStart, hunk.newLines));
    return codeText(was) === codeText(is);
  };
}

function rangeOf(start: number, count: number): LineRange {
  return { first: start, last: start + count - 1 };
}

function within(code: readonly Token[], { first, last }: LineRange): Token[] {
  return code.filter((token) => token.lastLine >= first && token.line <= last);
}
