import { type CommandDeclaration, commands, type OptionDeclaration } from './declarations.ts';

/** The shells that have a script. */
export type Shell = 'bash' | 'zsh' | 'fish';

const declared: readonly CommandDeclaration[] = commands;

/** A script that teaches a shell the commands, their options and the words these take. */
export function completionScript(shell: Shell): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell]();
}

function nameOf({ flags }: OptionDeclaration): string {
  return flags.split(' ')[0] ?? flags;
}

function takesValue({ flags }: OptionDeclaration): boolean {
  return flags.includes('<');
}

/** What this program lists for shells to complete. */
type List = 'steps' | 'versions';

/** What of this program completes a value or a first argument by its name in the declaration; null where nothing does. */
function listOf(words: string): List | null {
  const name = /<(\w+)/.exec(words)?.[1];
  if (name === 'step' || name === 'topic' || (name === 'id' && words.startsWith('--step '))) return 'steps';
  return name === 'version' || name === 'from' ? 'versions' : null;
}

/** A command substitution that a shell runs when a key asks for it. */
function asking(list: List): string {
  return `$(phx-upgrade completion ${list} 2>/dev/null)`;
}

/** Whether a value is a file or directory by its name in the declaration. */
function takesFile({ flags }: OptionDeclaration): boolean {
  return /<(file|path)(\.\.\.)?>/.test(flags);
}

function bashScript(): string {
  const names = declared.map(({ name }) => name).join(' ');
  return `# bash completion: source this, or keep it as phx-upgrade in bash-completion's directory
_phx_upgrade() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${declared.map(({ name }) => name).join('|')}) command=$word; break ;;
    esac
  done
  case $command:$previous in
${bashValues().join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${declared.map(({ name, options }) => `      ${name}) COMPREPLY=($(compgen -W '${options.map(nameOf).join(' ')} --help' -- "$current")) ;;`).join('\n')}
      *) COMPREPLY=($(compgen -W '--help --version' -- "$current")) ;;
    esac
    return
  fi
  case $command in
    '') COMPREPLY=($(compgen -W '${names}' -- "$current") $(compgen -d -- "$current")); return ;;
  esac
  case $command:$previous in
${bashWords().join('\n')}
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _phx_upgrade phx-upgrade
`;
}

/** One case for each option that takes a value, of each command. */
function bashValues(): string[] {
  return declared.flatMap(({ name, options }) =>
    options.filter(takesValue).map((option) => {
      const list = listOf(option.flags);
      const open = list !== null ? `-W "${asking(list)}"` : takesFile(option) ? '-f' : "-W ''";
      const words = option.choices.length > 0 ? `-W '${option.choices.join(' ')}'` : open;
      return `    ${name}:${nameOf(option)}) COMPREPLY=($(compgen ${words} -- "$current")); return ;;`;
    }),
  );
}

/** One case for each command whose first argument is one of a few words. */
function bashWords(): string[] {
  return declared.flatMap(({ name, words, arguments: args }) => {
    const list = listOf(args);
    const first = words ? `'${words.join(' ')}'` : list && `"${asking(list)}"`;
    return first ? [`    ${name}:${name}) COMPREPLY=($(compgen -W ${first} -- "$current")) ;;`] : [];
  });
}

function zshScript(): string {
  return `#compdef phx-upgrade
# zsh completion: source this, or keep it as _phx-upgrade in a directory of $fpath
_phx_upgrade() {
  local -a commands=(
${declared.map(({ name, purpose }) => `    '${name}:${zshText(purpose)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files -/
    return
  fi
  case $words[2] in
${declared.map(zshCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _phx-upgrade ]]; then
  _phx_upgrade "$@"
else
  compdef _phx_upgrade phx-upgrade
fi
`;
}

function zshCase({ name, options, words, arguments: args }: CommandDeclaration): string {
  const specs = options.map((option) => `      '${zshOption(option)}'`);
  const list = listOf(args);
  const firsts = words ? `(${words.join(' ')})` : list && zshAsking(list);
  const first = firsts ? `      '2:word:${firsts}'` : null;
  const lines = [...specs, ...(first ? [first] : []), `      '*:file:_files'`];
  return `    ${name}) _arguments -S \\\n${lines.join(' \\\n')} ;;`;
}

function zshOption(option: OptionDeclaration): string {
  const list = listOf(option.flags);
  const open = list !== null ? `:value:${zshAsking(list)}` : takesFile(option) ? ':file:_files' : ':value:';
  const value = option.choices.length > 0 ? `:value:(${option.choices.join(' ')})` : open;
  return `*${nameOf(option)}[${zshText(option.description)}]${takesValue(option) ? value : ''}`;
}

/** Braces around what zsh is to run for the words. */
function zshAsking(list: List): string {
  return `{compadd -- ${asking(list)}}`;
}

/** Text within single quotes and the brackets of a zsh specification. */
function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:\\]/g, (character) => `\\${character}`);
}

function fishScript(): string {
  const lines = declared.flatMap(({ name, purpose, options, words, arguments: args }) => [
    `complete -c phx-upgrade -n __fish_use_subcommand -a ${name} -d '${fishText(purpose)}'`,
    ...(words ? [fishWords(name, words)] : fishList(name, args)),
    ...options.map((option) => fishOption(name, option)),
  ]);
  return `# fish completion: keep it as ~/.config/fish/completions/phx-upgrade.fish\n${lines.join('\n')}\n`;
}

/** The words that the first argument may be; what follows them may be a file. */
function fishWords(command: string, words: readonly string[]): string {
  const all = words.join(' ');
  const first = `__fish_seen_subcommand_from ${command}; and not __fish_seen_subcommand_from ${all}`;
  return `complete -c phx-upgrade -n '${first}' -f -a '${all}'`;
}

function fishList(command: string, args: string): string[] {
  const list = listOf(args);
  if (list === null) return [];
  return [
    `complete -c phx-upgrade -n '__fish_seen_subcommand_from ${command}' -f -a '(phx-upgrade completion ${list})'`,
  ];
}

function fishOption(command: string, option: OptionDeclaration): string {
  const { choices, description } = option;
  const list = listOf(option.flags);
  const value =
    choices.length > 0
      ? ` -x -a '${choices.join(' ')}'`
      : list !== null
        ? ` -x -a '(phx-upgrade completion ${list})'`
        : takesFile(option)
          ? ' -r -F'
          : takesValue(option)
            ? ' -x'
            : '';
  const name = nameOf(option).slice(2);
  return `complete -c phx-upgrade -n '__fish_seen_subcommand_from ${command}' -l ${name}${value} -d '${fishText(description)}'`;
}

function fishText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
