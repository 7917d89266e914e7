import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';

/** A program as it is called, `["mix", "assets.deploy"]`, and where. */
export interface RunProgram {
  readonly line: number;
  readonly words: readonly string[];
}

/** Files of formats whose commands are read line by line: make files, programs, settings of platforms, templates of YAML. */
export function isCommandText(path: string): boolean {
  return textFiles.test(path) && !/(?:^|\/)(?:package-lock|composer)\.json$/.test(path);
}

const textFiles = new RegExp(
  [
    String.raw`(?:^|\/)(?:Procfile[\w.-]*|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|Earthfile|Jenkinsfile[\w.-]*|Vagrantfile|Capfile|crontab)$`,
    String.raw`(?:^|\/)(?:Taskfile|nixpacks|railway|heroku|appspec|buildspec|captain-definition|wercker|app)(?:\.(?:ya?ml|toml|json))?$`,
    String.raw`(?:^|\/)(?:phoenix_static_buildpack|elixir_buildpack)\.config$|(?:^|\/)package\.json$|(?:^|\/)compile$`,
    String.raw`(?:^|\/)fly[\w.-]*\.toml$|(?:^|\/)supervisord?[\w.-]*\.(?:conf|ini)$`,
    String.raw`\.(?:mk|just|cue|nix|tf|hcl|nomad|service|j2|erb)$`,
    String.raw`(?:^|\/)(?:ansible|playbooks|roles|\.ebextensions|\.kamal|charts?|helm)\/.*\.(?:ya?ml|tpl|config)$`,
    String.raw`(?:^|\/)config\/deploy(?:\/.*)?\.(?:rb|ya?ml)$|^\.travis\.yml$`,
  ].join('|'),
);

const longest = 1000;

/** The commands in a text of such a file, each on its line: a line itself, what follows its key, and what stands in quotes. */
export function textPrograms(text: string): RunProgram[] {
  return text.split('\n').flatMap((line, index) => {
    // Nobody writes a command on so long a line; what is generated may be of any length.
    if (
      line.length > longest ||
      /^\s*(?:#|\/\/|;|--|\{\{)/.test(line) ||
      /\b(?:echo|printf|puts|description)\b/.test(line)
    )
      return [];
    const found = candidates(line).flatMap((one) => programsOf(scriptCommands(one)).filter(isKnown));
    const once = new Map(found.map((words) => [words.slice(0, 3).join(' '), words]));
    return [...once.values()].map((words) => ({ line: index + 1, words }));
  });
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
  return (
    mixTasks(words).length > 0 ||
    /^(?:npm|npx|yarn|pnpm|webpack|brunch|cp|ln)$|(?:^|\/)bin\/[\w.$@{}-]+$|\/[\w-]+\.sh$/.test(program)
  );
}

/** A program and the commands that it is handed to run elsewhere: `ssh host "bin/shop stop"`. */
export function withHanded(words: readonly string[]): (readonly string[])[] {
  if (/^(?:echo|printf)$/.test(words[0] ?? '')) return [words];
  const handed = words.slice(1).filter((word) => /\s/.test(word));
  return [words, ...handed.flatMap((word) => programsOf(scriptCommands(word)).filter(isKnown))];
}
