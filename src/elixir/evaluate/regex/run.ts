import type { Instruction, Program } from './program.ts';

/** Start and end of the whole and of each group, twice as many as there are groups; -1 for a group without a match. */
export type Captures = readonly number[];

interface Thread {
  readonly at: number;
  readonly captures: Captures;
}

/**
 * The first match from an offset on, or null. All ways through the program go along side by side, so that the time is
 * the length of the text times that of the program, whatever they are.
 */
export function run(program: Program, text: string, from: number, step: (count: number) => void): Captures | null {
  const { instructions, groups } = program;
  const none: Captures = new Array((groups + 1) * 2).fill(-1);
  let threads: Thread[] = [];
  let found: Captures | null = null;
  for (let position = from; position <= text.length; position += 1) {
    if (found === null) follow({ at: 0, captures: none }, { instructions, text, position, threads });
    const next: Thread[] = [];
    step(threads.length);
    for (const thread of threads) {
      const instruction = instructions[thread.at];
      if (instruction?.kind === 'match') {
        found = thread.captures;
        break;
      }
      if (instruction?.kind === 'character' && position < text.length && instruction.test(text.charCodeAt(position)))
        follow(
          { at: thread.at + 1, captures: thread.captures },
          { instructions, text, position: position + 1, threads: next },
        );
    }
    threads = next;
    if (threads.length === 0 && found !== null) break;
  }
  return found;
}

interface Place {
  readonly instructions: readonly Instruction[];
  readonly text: string;
  readonly position: number;
  readonly threads: Thread[];
}

/** Adds the threads that wait for a character, in the order of preference; each place of the program once. */
function follow(thread: Thread, { instructions, text, position, threads }: Place): void {
  const seen = new Set(threads.map(({ at }) => at));
  const open = [thread];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const { at, captures } = current;
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = instructions[at];
    if (instruction === undefined) continue;
    if (instruction.kind === 'split')
      open.push({ at: instruction.second, captures }, { at: instruction.first, captures });
    else if (instruction.kind === 'jump') open.push({ at: instruction.to, captures });
    else if (instruction.kind === 'save')
      open.push({ at: at + 1, captures: captures.with(instruction.slot, position) });
    else if (instruction.kind !== 'assert') threads.push(current);
    else if (holds(instruction.at, text, position)) open.push({ at: at + 1, captures });
  }
}

function holds(at: Extract<Instruction, { kind: 'assert' }>['at'], text: string, position: number): boolean {
  switch (at) {
    case 'start':
    case 'text-start':
      return position === 0;
    case 'text-end':
      return position === text.length;
    case 'end':
      return position === text.length || (position === text.length - 1 && text[position] === '\n');
    case 'line-start':
      return position === 0 || text[position - 1] === '\n';
    case 'line-end':
      return position === text.length || text[position] === '\n';
    case 'boundary':
      return isWord(text[position - 1]) !== isWord(text[position]);
    default:
      return at satisfies never;
  }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}
