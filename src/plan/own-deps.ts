import type { Draft } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

const updating = 'mix deps.update';

/**
 * Names in `mix deps.update` only what the project has, directly or by its lock: Mix refuses the whole command for one
 * package that it does not know. A command for nothing but such packages goes; what a step adds is fetched by
 * `mix deps.get`, at its newest.
 */
export function withOwnDeps(
  drafts: readonly Draft[],
  { project: { apps, root, locked } }: Pick<DraftContext, 'project'>,
): Draft[] {
  const direct = [root, ...apps].flatMap(({ mixfile }) => mixfile.deps.map(({ name }) => name));
  const own = new Set([...direct, ...locked.keys()]);
  return drafts.map((draft) => ({
    ...draft,
    commands: [...new Set(draft.commands.flatMap((one) => ownPart(one, own)))],
  }));
}

function ownPart(command: string, own: ReadonlySet<string>): string[] {
  if (!command.startsWith(`${updating} `)) return [command];
  const named = command.slice(updating.length).trim().split(' ');
  const kept = named.filter((dep) => own.has(dep));
  return kept.length === 0 ? [] : [`${updating} ${kept.join(' ')}`];
}
