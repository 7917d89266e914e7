import { type Edited, refused } from '../elixir/edited.ts';
import type { Dockerfile, Instruction, Stage } from './model.ts';
import { readDockerfile } from './read.ts';
import { changedDockerfile } from './text-change.ts';

/** The instructions of other stages that copy from a stage, by its name. */
export function copiesFrom({ stages }: Dockerfile, name: string): Instruction[] {
  return stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ flags }) => flags.some((flag) => flag.name === 'from' && flag.value === name));
}

/** Takes a stage away, with the comments right above it, and runs a command where the only copy from it stood. */
export function mergeStage(text: string, name: string, command: string): Edited {
  const dockerfile = readDockerfile(text);
  const stage = dockerfile.stages.find((one) => one.name === name);
  if (!stage) return { ok: true, text };
  const [copy, second] = copiesFrom(dockerfile, name);
  if (!copy || second || dockerfile.stages.some(({ base }) => base === stage))
    return refused(`the stage ${name} is used otherwise, too`);
  const away = { start: startWithComments(text, stage), end: nextStart(dockerfile, stage), text: '' };
  return changedDockerfile(text, [away, { ...copy.range, text: `RUN ${command}` }], -1);
}

function startWithComments(text: string, { from }: Stage): number {
  const comments = /(?:[ \t]*#[^\n]*\n)+$/.exec(text.slice(0, from.range.start));
  return comments && (comments.index === 0 || text[comments.index - 1] === '\n') ? comments.index : from.range.start;
}

/** Where what stands above the stage behind it begins. */
function nextStart({ text, stages }: Dockerfile, stage: Stage): number {
  const next = stages[stage.index + 1];
  return next ? startWithComments(text, next) : text.length;
}
