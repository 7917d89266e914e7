import { type Dockerfile, programs, type Stage } from './model.ts';

/** The stages of a Dockerfile by what they do. */
export interface Roles {
  /** Runs `mix`; null where no stage other than the shipped one does. */
  readonly build: Stage | null;
  /** The stage that ships; null for a Dockerfile without stages, and where one stage does both. */
  readonly run: Stage | null;
  /** The stage that both builds and ships. */
  readonly only: Stage | null;
}

/** Finds the building and the running stage by what they do; their names do not count. */
export function rolesOf(dockerfile: Dockerfile): Roles {
  const shipped = dockerfile.stages.at(-1) ?? null;
  if (shipped === null) return { build: null, run: null, only: null };
  const ancestors = chain(shipped);
  const before = dockerfile.stages.filter((stage) => !ancestors.includes(stage));
  const build = strongest(before);
  if (build !== null) return { build, run: shipped, only: null };
  return ancestors.some((stage) => buildStrength(stage) > 0)
    ? { build: null, run: null, only: shipped }
    : { build: null, run: shipped, only: null };
}

/** A stage and those it begins from. */
export function chain(stage: Stage): Stage[] {
  return stage.base ? [stage, ...chain(stage.base)] : [stage];
}

function strongest(stages: readonly Stage[]): Stage | null {
  let best: Stage | null = null;
  for (const stage of stages) {
    if (buildStrength(stage) > 0 && (best === null || buildStrength(stage) >= buildStrength(best))) best = stage;
  }
  return best;
}

/** How much of a release a stage builds: 3 makes it, 2 compiles, 1 fetches deps, 0 runs no Mix. */
function buildStrength(stage: Stage): number {
  const tasks = stage.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(programs)
    .flatMap(mixTasks);
  if (tasks.includes('release') || tasks.includes('distillery.release')) return 3;
  if (tasks.includes('compile')) return 2;
  return tasks.length > 0 ? 1 : 0;
}

/** The Mix tasks that a program runs: `mix do deps.get, compile` runs two; empty for other programs. */
export function mixTasks(words: readonly string[]): string[] {
  const mix = words.findIndex((word) => word === 'mix' || word.endsWith('/mix') || /^\$\{?MIX(?:_CMD)?\}?$/.test(word));
  if (mix === -1 || mix > 3) return [];
  const rest = words.slice(mix + 1);
  if (rest[0] !== 'do') return rest[0] === undefined ? [] : [rest[0]];
  return rest
    .slice(1)
    .join(' ')
    .split(/\s*,\s*|\s+\+\s+/)
    .flatMap((task) => task.split(' ')[0] || []);
}

/** The role that an address names for a stage; other stages go by their name or number. */
export function roleName(roles: Roles, stage: Stage): string {
  if (stage === roles.build) return 'build';
  if (stage === roles.run) return 'run';
  if (stage === roles.only) return 'only';
  return `stage.${stage.name ?? stage.index}`;
}
