import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';

/** A program as it is called, `["mix", "assets.deploy"]`, and where. */
export interface RunProgram {
  readonly line: number;
  readonly words: readonly string[];
  /** Names what it is part of, by the line where that begins: a value, a line with what continues it, a script. */
  readonly unit: number;
}

const longest = 1000;

/** The commands in a text of such a file, each on its line: a line itself, what follows its key, and what stands in quotes. */
export function textPrograms(text: string): RunProgram[] {
  const lines = text.split('\n');
  const units = unitsOf(lines);
  return lines.flatMap((line, index) => {
    // Nobody writes a command on so long a line; what is generated may be of any length.
    if (
      line.length > longest ||
      /^\s*(?:#|\/\/|;|--|\{\{)/.test(line) ||
      /\b(?:echo|printf|puts|description)\b/.test(line)
    )
      return [];
    const plain = line.replace(/\s*\\\s*$/, '');
    const found = candidates(plain).flatMap((one) => programsOf(scriptCommands(one)).filter(isKnown));
    const once = new Map(found.map((words) => [words.slice(0, 3).join(' '), words]));
    return [...once.values()].map((words) => ({ line: index + 1, words, unit: units[index] ?? index + 1 }));
  });
}

/** For each line, the number of the one that it continues, its own where it continues none. */
export function unitsOf(lines: readonly string[]): number[] {
  const units: number[] = [];
  for (const [index] of lines.entries()) {
    const isContinued = /\\\s*$/.test(lines[index - 1] ?? '');
    units.push(isContinued ? (units[index - 1] ?? index) : index + 1);
  }
  return units;
}

/** What of a line may be a command, the longest first. */
function candidates(line: string): string[] {
  const plain = line.replace(/(["'])\s*,\s*\1/g, ' ').trim();
  const behindKey = textBehindKey(plain);
  const [, behindWord = ''] = /^(?:RUN|CMD|run|sh|execute)\s+(.+)$/.exec(plain) ?? [];
  const quoted = [...plain.matchAll(/(["'`])((?:\\.|(?!\1).)+)\1/g)].map(([, , inner = '']) =>
    inner.replaceAll('\\"', '"'),
  );
  const whole = [behindKey, behindWord, plain.replace(/^[-@+!\s]*(?:[\w-]+:\s+)?/, '')].map(unquoted);
  return [...whole, ...quoted].map((one) => one.replace(/^-\w*c /, '')).filter((one) => one !== '');
}

/** `mix test` of `test: mix test`, `"test" = "mix test"` and `build := @mix compile`; empty where the line has no key. */
function textBehindKey(line: string): string {
  const at = line.search(/[:=]/);
  if (at === -1 || !/^[-@+!\s]*"?[\w.$%/ -]+"?$/.test(line.slice(0, at).trim())) return '';
  return line.slice(at).replace(/^(?::=|[:=])\s*[-@:+!]*/, '');
}

function unquoted(text: string): string {
  const single = text.replace(/,$/, '');
  const bare = single.startsWith('[') && single.endsWith(']') ? single.slice(1, -1).trim() : single;
  return /^(["'`])(?:(?!\1).)*\1$/.test(bare) ? bare.slice(1, -1) : bare;
}

/** Whether words are those of a command that rules ask for. */
function isKnown(words: readonly string[]): boolean {
  const [program = ''] = words;
  if (/^(?:elixir|iex)$/.test(program)) return words.includes('mix');
  if (program === 'node') return words.some((word) => /(?:^|\/)(?:webpack|brunch)(?:\.js)?$/.test(word));
  return (
    mixTasks(words).length > 0 ||
    /^(?:npm|npx|yarn|pnpm|cp|ln|cd|pushd|popd)$|(?:^|\/)(?:webpack|brunch)(?:\.js)?$|(?:^|\/)bin\/[\w.$@{}-]+$|\/[\w-]+\.sh$/.test(
      program,
    )
  );
}

/** A program and the commands that it is handed to run elsewhere: `ssh host "bin/shop stop"`. */
export function withHanded(words: readonly string[]): (readonly string[])[] {
  if (/^(?:echo|printf)$/.test(words[0] ?? '')) return [words];
  // What is handed in several lines has lines of its own.
  const handed = words.slice(1).filter((word) => /\s/.test(word) && !word.trim().includes('\n'));
  const inside = inContainer(words);
  return [
    words,
    ...(inside === null ? [] : [inside]),
    ...handed.flatMap((word) => programsOf(scriptCommands(word)).filter(isKnown)),
  ];
}

/** `mix ecto.migrate` of `docker-compose -f a.yml run --rm web mix ecto.migrate`; null for any other command. */
function inContainer(words: readonly string[]): readonly string[] | null {
  if (!/^(?:docker|podman)(?:-compose)?$/.test(words[0] ?? '')) return null;
  const verb = words.findIndex((word) => word === 'run' || word === 'exec');
  if (verb === -1) return null;
  const rest = words.slice(verb + 1);
  while (rest[0]?.startsWith('-')) rest.splice(0, takesValue.test(rest[0]) ? 2 : 1);
  const command = rest.slice(1);
  return isKnown(command) ? command : null;
}

const takesValue = /^(?:-[euvwpl]|--(?:env|env-file|user|volume|workdir|publish|name|entrypoint|network|label))$/;
