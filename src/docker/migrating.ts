import { changedText } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';
import { lineStart } from '../elixir/position.ts';
import { commandRemoval } from './edit-item.ts';
import { type Instruction, programs } from './model.ts';
import { readDockerfile } from './read.ts';
import { type Command, programsOf, scriptCommands } from './shell.ts';
import { mixTasks } from './stages.ts';
import { changedDockerfile } from './text-change.ts';

/**
 * Whether a program changes the database's schema: an Ecto task, `bin/migrate`, `eval` of a function that does, or a script
 * that is told to, `/entrypoint.sh db migrate`.
 */
export function migrates(words: readonly string[]): boolean {
  if (mixTasks(words).some((task) => /^(?:do_)?ecto\.(?:migrate|setup|reset)$/.test(task))) return true;
  const [program = '', ...rest] = words;
  if (/(?:^|\/)(?:bin\/migrate|migrate\.sh)$/.test(program)) return true;
  if (/\.sh$/.test(program) && rest.includes('migrate')) return true;
  const verb = rest.findIndex((word) => ['eval', 'rpc', 'command', 'migrate'].includes(word));
  // A release is called by its path, or by a variable that holds it.
  if (verb === -1 || !/(?:^|\/)bin\/|^\$\{?\w+\}?$|^release_ctl$/.test(program)) return false;
  return rest.slice(verb).some((word) => /migrate/i.test(word));
}

/** Whether a program does other Mix tasks besides: `mix do ecto.migrate, phx.server`. */
function doesMore(words: readonly string[]): boolean {
  return migrates(words) && mixTasks(words).some((task) => !/^ecto\./.test(task));
}

function commandMigrates(command: Command): boolean {
  return programsOf([command]).some(migrates);
}

/** Takes migrating commands out of the `CMD` and `ENTRYPOINT` of the last stage, where something else is left. */
export function startWithoutMigration(text: string): Edited {
  const starts = readDockerfile(text).stages.at(-1)?.instructions ?? [];
  const changes: TextChange[] = [];
  for (const start of starts.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) {
    if (programs(start).some(doesMore)) return refused(`one command of ${start.keyword} migrates and does more`);
    const change = start.json ? jsonChange(start, start.json) : shellChange(text, start);
    if (change === null) return refused(`${start.keyword} does nothing but migrate`);
    changes.push(...change);
  }
  return changedDockerfile(text, changes);
}

function jsonChange({ keyword, range }: Instruction, words: readonly string[]): TextChange[] | null {
  const flag = words.findIndex((word) => /^-\w*c$/.test(word));
  const inner = flag === -1 ? undefined : words[flag + 1];
  if (inner === undefined) return programsOf(scriptCommands(words.join(' '))).some(migrates) ? null : [];
  const rest = withoutMigrating(inner);
  if (rest === null || rest === inner) return rest === null ? null : [];
  const list = words.map((word, index) => JSON.stringify(index === flag + 1 ? rest : word)).join(', ');
  return [{ ...range, text: `${keyword} [${list}]` }];
}

/** The commands of one line that do not migrate; null where none is left. */
function withoutMigrating(line: string): string | null {
  const commands = scriptCommands(line);
  const bad = commands.filter(commandMigrates);
  if (bad.length === 0) return line;
  if (bad.length === commands.length) return null;
  return removeCommands(line, commands, bad);
}

function removeCommands(text: string, commands: readonly Command[], bad: readonly Command[]): string {
  const [first] = bad;
  if (!first) return text;
  const index = commands.indexOf(first);
  const next = changedText(text, [commandRemoval({ commands }, index)]);
  const rest = scriptCommands(next);
  return removeCommands(next, rest, rest.filter(commandMigrates));
}

function shellChange(text: string, { commands }: Instruction): TextChange[] | null {
  const [only] = commands;
  if (only && commands.length === 1) {
    const inner = innerScript(only);
    if (inner === null) return commandMigrates(only) ? null : [];
    const rest = withoutMigrating(inner);
    const at = text.indexOf(inner, only.range.start);
    if (rest === null || at === -1) return null;
    return rest === inner ? [] : [{ start: at, end: at + inner.length, text: rest }];
  }
  const bad = commands.filter(commandMigrates);
  if (bad.length === commands.length && bad.length > 0) return null;
  return bad.map((command) => commandRemoval({ commands }, commands.indexOf(command)));
}

function innerScript({ pipe: [words = []] }: Command): string | null {
  const flag = words.findIndex((word) => /^-\w*c$/.test(word));
  return flag === -1 || !/sh$/.test(words[flag - 1] ?? '') ? null : (words[flag + 1] ?? null);
}

const openers = new Set(['if', 'for', 'while', 'until', 'case', '{']);
const closers = new Set(['fi', 'done', 'esac', '}']);

/** Takes migrating lines out of a start script; refused inside a condition, which would be left empty. */
export function scriptWithoutMigration(text: string): Edited {
  const commands = scriptCommands(text);
  const changes: TextChange[] = [];
  let depth = 0;
  for (const [index, command] of commands.entries()) {
    const [first = ''] = command.pipe[0] ?? [];
    if (openers.has(first)) depth += 1;
    if (closers.has(first)) depth -= 1;
    if (!commandMigrates(command)) continue;
    if (programsOf([command]).some(doesMore)) return refused('one command migrates and does more');
    if (depth > 0 || command.pipe.length > 1) return refused('the migration stands under a condition');
    changes.push(ownLine(text, command) ?? commandRemoval({ commands }, index));
  }
  if (changes.length === commands.length) return refused('the script does nothing but migrate');
  return { ok: true, text: changedText(text, changes) };
}

function ownLine(text: string, { range }: Command): TextChange | null {
  const start = lineStart(text, range.start);
  const end = text.indexOf('\n', range.end) === -1 ? text.length : text.indexOf('\n', range.end) + 1;
  const alone = text.slice(start, range.start).trim() === '' && text.slice(range.end, end).trim() === '';
  return alone ? { start, end, text: '' } : null;
}
