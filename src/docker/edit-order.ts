import type { Range } from '../elixir/ast.ts';
import { withoutLines } from '../elixir/edit/lines.ts';
import { type Edited, refused } from '../elixir/edited.ts';
import { lineStart } from '../elixir/position.ts';
import { stageOf } from './edit-item.ts';
import { itemsOf } from './item.ts';
import type { Dockerfile, Instruction, Stage } from './model.ts';
import { readDockerfile } from './read.ts';
import { changedDockerfile } from './text-change.ts';

/** Moves as few instructions as need be until those of `keys` stand in that order. */
export function orderItems(text: string, name: string, keys: readonly string[]): Edited {
  let current = text;
  // Each round moves one instruction to its place for good, so there are at most as many as there are keys.
  for (let round = 0; round <= keys.length; round += 1) {
    const dockerfile = readDockerfile(current);
    const stage = stageOf(dockerfile, name);
    if (!stage) return refused(`no stage plays the part of ${name}`);
    const move = nextMove(dockerfile, stage, keys);
    if (move === null) return { ok: true, text: current };
    const moved = moveBehind(dockerfile, move.instruction, move.behind);
    if (!moved.ok) return moved;
    current = moved.text;
  }
  return refused('commands of one instruction stand in another order');
}

interface Move {
  readonly instruction: Instruction;
  readonly behind: Instruction;
}

function nextMove(dockerfile: Dockerfile, stage: Stage, keys: readonly string[]): Move | null {
  const known = rankedInstructions(dockerfile, stage, keys);
  const stay = longestRising(known.map(({ rank }) => rank));
  const wrong = known.filter((_, index) => !stay.has(index)).sort((a, b) => a.rank - b.rank)[0];
  if (!wrong) return null;
  const fixed = known.filter((_, index) => stay.has(index));
  const before = fixed.filter(({ rank }) => rank < wrong.rank).sort((a, b) => b.rank - a.rank)[0];
  return { instruction: wrong.instruction, behind: before?.instruction ?? precedent(stage, fixed[0]?.instruction) };
}

/** What stands right before an instruction, `FROM` at the beginning of a stage. */
function precedent(stage: Stage, instruction: Instruction | undefined): Instruction {
  const index = instruction ? stage.instructions.indexOf(instruction) : 0;
  return stage.instructions[index - 1] ?? stage.from;
}

/** Moves the instruction of one item to right behind that of another, unless it is behind it already. */
export function moveItem(text: string, name: string, key: string, behind: string): Edited {
  const dockerfile = readDockerfile(text);
  const stage = stageOf(dockerfile, name);
  if (!stage) return refused(`no stage plays the part of ${name}`);
  const items = itemsOf(dockerfile, stage);
  const [moved, place] = [key, behind].map((one) => items.find((item) => item.key === one)?.instruction);
  if (!moved || !place) return refused(`${key} and ${behind} are not both there`);
  if (moved.range.start >= place.range.start) return { ok: true, text };
  return moveBehind(dockerfile, moved, place);
}

/** The instructions that hold known items, each with the place of its first one. */
function rankedInstructions(dockerfile: Dockerfile, stage: Stage, keys: readonly string[]) {
  const ranks = new Map<Instruction, number>();
  for (const { key, instruction } of itemsOf(dockerfile, stage)) {
    const rank = keys.indexOf(key);
    if (rank !== -1 && !ranks.has(instruction)) ranks.set(instruction, rank);
  }
  return [...ranks].map(([instruction, rank]) => ({ instruction, rank }));
}

/** Indexes of a longest rising subsequence. */
function longestRising(ranks: readonly number[]): Set<number> {
  const best: number[][] = [];
  for (const [index, rank] of ranks.entries()) {
    const before = best.filter((chain) => (ranks[chain.at(-1) ?? -1] ?? -1) < rank);
    const longest = before.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []);
    best.push([...longest, index]);
  }
  return new Set(best.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []));
}

function moveBehind(dockerfile: Dockerfile, instruction: Instruction, behind: Instruction): Edited {
  const { text } = dockerfile;
  const range = { start: commentedStart(dockerfile, instruction.range), end: instruction.range.end };
  const block = text.slice(lineStart(text, range.start), range.end);
  const joint = /\n[ \t]*\r?\n$/.test(text.slice(0, range.start)) ? '\n\n' : '\n';
  return changedDockerfile(text, [
    withoutLines(text, range),
    { start: behind.range.end, end: behind.range.end, text: joint + block },
  ]);
}

/** Start of the comment lines that stand directly above an instruction, else its own. */
function commentedStart({ text, comments }: Dockerfile, range: Range): number {
  let start = lineStart(text, range.start);
  for (const comment of [...comments].reverse()) {
    const line = lineStart(text, comment.start);
    if (
      line < start &&
      text.slice(comment.end, start).trim() === '' &&
      !/\n\s*\n/.test(text.slice(comment.end, start))
    ) {
      start = line;
    }
  }
  return start;
}
