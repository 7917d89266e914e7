import { escapeRegExp } from '../elixir/escape-reg-exp.ts';
import { jsonOf } from './assets/resolve.ts';
import { type BuildLine, buildLines } from './build/files.ts';
import type { ProjectIndex } from './index.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** Something that scripts, images and workflows may name, and a pattern by which they do. */
interface Named {
  readonly subject: string;
  readonly pattern: RegExp;
}

/** Aliases, tasks, npm scripts and files that are gone while scripts, images, workflows or other aliases name them. */
export function lostCommands(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  const gone = [
    ...goneTasks(before, after),
    ...goneScripts(before, after, changed),
    ...goneFiles(before, after, changed),
  ];
  if (gone.length === 0) return [];
  const lines = [...buildLines(after), ...aliasLines(after)];
  return gone.flatMap(({ subject, pattern }) =>
    lines.flatMap(({ path, line, text }) =>
      pattern.test(text) ? [{ path, line, subject, message: `${subject} is not there` }] : [],
    ),
  );
}

/** What aliases of `mix.exs` call, as if each was a line of a script. */
function aliasLines(index: ProjectIndex): BuildLine[] {
  return index.mixfiles.flatMap(({ path, mixfile }) =>
    mixfile.aliases.flatMap(({ line, tasks }) =>
      tasks.flatMap((task) => {
        const [, text] = /^"(.*)"$/.exec(task) ?? [];
        if (text === undefined) return [];
        return [{ path, line, text: text.startsWith('cmd ') ? text : `mix ${text}` }];
      }),
    ),
  );
}

/** Deps that are nothing but tools of a deployment: who leaves them changes every command, and their step names each. */
const tools = new Set(['distillery', 'edeliver']);

/** Aliases that went, and the tasks of deps that did: those begin with the name of the dep. */
function goneTasks(before: ProjectIndex, after: ProjectIndex): Named[] {
  const [aliases, left] = [aliasNames(before), aliasNames(after)];
  const gone = [...before.deps].filter((name) => !after.deps.has(name) && !tools.has(name));
  return [
    ...[...aliases].filter((name) => !left.has(name)).map((name) => mixTask(name, escapeRegExp(name))),
    ...gone.map((name) => mixTask(name, `${escapeRegExp(name)}(?:\\.[\\w.]+)?`)),
  ];
}

function aliasNames({ mixfiles }: ProjectIndex): ReadonlySet<string> {
  return new Set(mixfiles.flatMap(({ mixfile }) => mixfile.aliases.map(({ name }) => name)));
}

function mixTask(name: string, pattern: string): Named {
  return {
    subject: `mix ${name}`,
    pattern: new RegExp(`\\bmix\\s+(?:do\\s+)?(?:[^&|;]*,\\s*)?${pattern}(?=$|[\\s,"'&|;\\])])`),
  };
}

/** Scripts of a `package.json` that went, and every call of npm where the file itself did. */
function goneScripts(before: ProjectIndex, after: ProjectIndex, changed: readonly string[]): Named[] {
  const files = changed.filter((path) => /(?:^|\/)package\.json$/.test(path) && before.has(path));
  return files.flatMap((path): Named[] => {
    if (!after.has(path)) return [{ subject: path, pattern: /\b(?:npm|yarn|pnpm)\s+(?!install\s+(?:-g|--global)\b)/ }];
    const left = scriptsOf(after.read(path));
    return scriptsOf(before.read(path))
      .filter((name) => !left.includes(name))
      .map((name) => ({
        subject: `npm run ${name}`,
        pattern: new RegExp(`\\b(?:npm|yarn|pnpm)\\b.*\\s${escapeRegExp(name)}(?=$|[\\s"'&|;\\])])`),
      }));
  });
}

function scriptsOf(text: string | undefined): string[] {
  const parts = jsonOf(text ?? '') as { readonly scripts?: object } | null;
  return Object.keys(parts?.scripts ?? {});
}

/** Files that are copied or called by their path. */
function goneFiles(before: ProjectIndex, after: ProjectIndex, changed: readonly string[]): Named[] {
  const gone = changed.filter((path) => before.has(path) && !after.has(path));
  return gone.map((path) => ({
    subject: path,
    pattern: new RegExp(`(?:^|[\\s"'=:,(\\[])(?:\\./)?${escapeRegExp(path)}(?=$|[\\s"',:;)\\]])`),
  }));
}
