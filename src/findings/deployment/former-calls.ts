import { mixTasks } from '../../docker/stages.ts';

/** A call of something that goes with Distillery. */
export interface FormerCall {
  readonly message: string;
  /** The words of the same call for a release that Mix made; null where a person has to find them. */
  readonly becomes: readonly string[] | null;
}

/** Commands that `rel/config.exs` gives a release, each with the function that its script calls; null where it does more. */
export type OwnCommands = ReadonlyMap<string, string | null>;

/** What a program's call is by now; null where Distillery has nothing to do with it. */
export function formerCall(words: readonly string[], own: OwnCommands): FormerCall | null {
  const task = mixTasks(words).find((one) => /^(?:distillery\.|release(?:\.(?:init|clean))?$)/.test(one));
  if (task !== undefined) return formerTask(words, task);
  if (words[0] === 'release_ctl') return releaseControl(words);
  if (words[0] === 'nodetool')
    return {
      message: 'nodetool comes with Distillery: bin/NAME pid fails where nothing runs, bin/NAME rpc calls a function',
      becomes: null,
    };
  const command = releaseCommand(words);
  return command === null ? null : formerCommand(words, command, own);
}

function formerTask(words: readonly string[], task: string): FormerCall | null {
  if (/\.(?:init|clean|gen)/.test(task))
    return {
      message: `mix ${task} goes with Distillery: take it out, mix release needs nothing like it`,
      becomes: null,
    };
  const at = words.lastIndexOf(task);
  const becomes = at === -1 ? null : releaseTask(words, at);
  if (task === 'distillery.release')
    return { message: `mix ${task} goes with Distillery: mix release builds the release`, becomes };
  const option = words.find((word) => /^--(?:env|profile|upgrade|executable|verbose|name|no-tar)\b/.test(word));
  if (option === undefined) return null;
  const name = option.replace(/=.*/, '');
  const instead =
    name === '--name'
      ? 'the name stands without it'
      : name === '--no-tar'
        ? 'it makes no archive without steps: [:assemble, :tar]'
        : /^--(?:env|profile)$/.test(name)
          ? 'set MIX_ENV'
          : 'take it out';
  return { message: `mix release takes no ${name}, an option of Distillery: ${instead}`, becomes };
}

/** `mix release shop` of `mix distillery.release --env=prod --name=shop`; null where an option says what Mix cannot. */
function releaseTask(words: readonly string[], at: number): readonly string[] | null {
  const names: string[] = [];
  const rest: string[] = [];
  const options = words.slice(at + 1);
  if (options.some((word) => word.endsWith(',') || word === '+')) return null;
  while (options.length > 0) {
    const [, option = '', value] = /^(--[\w-]+)(?:=(.*))?$/.exec(options[0] ?? '') ?? [];
    const word = options.shift() ?? '';
    const given = value ?? (/^--(?:env|name|profile)$/.test(option) ? options.shift() : undefined);
    const name = given?.replace(/:.*/, '');
    if (/^--(?:name|profile)$/.test(option) && name) names.push(...(name === 'default' ? [] : [name]));
    else if (option === '--silent') rest.push('--quiet');
    else if (/^--(?:quiet|overwrite|path|force)$/.test(option)) rest.push(word);
    else if (!/^--(?:env|verbose|no-tar|no-warn-missing|warnings-as-errors)$/.test(option)) return null;
  }
  return [...words.slice(0, at), 'release', ...names, ...rest];
}

/** `foreground` of `/app/bin/shop foreground`; null for other programs. */
export function releaseCommand(words: readonly string[]): string | null {
  const program = words.findIndex((word) => /(?:^|\/)bin\/[\w.$@{}-]+$/.test(word));
  return program === -1 ? null : (words[program + 1] ?? null);
}

/** What a command of Distillery is called by now, and in which words it is told; null where none does the same. */
export const commands: ReadonlyMap<string, { readonly becomes: string | null; readonly advice: string }> = new Map([
  ['foreground', { becomes: 'start', advice: 'start runs in the foreground now' }],
  ['console', { becomes: 'start_iex', advice: 'start_iex starts with a shell' }],
  ['remote_console', { becomes: 'remote', advice: 'remote opens a shell in what runs' }],
  ['console_clean', { becomes: null, advice: 'start_iex starts with a shell, and with the app' }],
  ['attach', { becomes: null, advice: 'remote opens a shell in what runs' }],
  ['reboot', { becomes: null, advice: 'stop, then daemon, starts the system anew' }],
  ['upgrade', { becomes: null, advice: 'there are no hot upgrades: start the new release in place of the old one' }],
  ['downgrade', { becomes: null, advice: 'there are no hot upgrades: start the old release in place of the new one' }],
  ['ping', { becomes: null, advice: 'pid fails where nothing runs' }],
  ['pingpeer', { becomes: null, advice: 'call Node.ping by rpc' }],
  ['describe', { becomes: null, advice: 'version prints name and version' }],
  ['command', { becomes: null, advice: 'eval "Module.function()" runs it without starting the app' }],
  [
    'migrate',
    { becomes: null, advice: 'a command of your own: bin/migrate of rel/overlays, or eval with the function' },
  ],
  ['seed', { becomes: null, advice: 'a command of your own: eval with the function, or a script in rel/overlays/bin' }],
  ['reload_config', { becomes: null, advice: 'restart reads config/runtime.exs again' }],
  ['start_boot', { becomes: null, advice: 'RELEASE_BOOT_SCRIPT names another boot script' }],
]);

function formerCommand(words: readonly string[], command: string, own: OwnCommands): FormerCall | null {
  const known = commands.get(command);
  const script = own.get(command);
  if (!known && script === undefined) return null;
  const at = words.indexOf(command, 1);
  const before = words.slice(0, at);
  const rest = words.slice(at + 1);
  const called = command === 'command' ? functionOf(rest) : rest.length === 0 ? (script ?? null) : null;
  const becomes =
    called !== null ? [...before, 'eval', called] : known?.becomes ? [...before, known.becomes, ...rest] : null;
  const advice = called !== null ? `eval ${called} calls the function` : (known?.advice ?? 'eval calls a function');
  return { message: `${command} is a command of Distillery: ${advice}`, becomes };
}

/** `command: foreground` of a container whose image starts the release by its ENTRYPOINT; null for other words. */
export function containerArgument(words: readonly string[]): FormerCall | null {
  const [word = '', ...rest] = words;
  const known = rest.length === 0 && /^(?:foreground|remote_console)$/.test(word) ? commands.get(word) : undefined;
  if (!known?.becomes) return null;
  return { message: `${word} is a command of Distillery: ${known.advice}`, becomes: [known.becomes] };
}

/** The call of one of Distillery's commands in a unit of systemd; null for other programs. */
export function systemCommand(words: readonly string[]): FormerCall | null {
  const command = releaseCommand(words);
  const isKnown = command !== null && /^(?:foreground|console|reboot|upgrade|ping|start_boot)$/.test(command);
  return isKnown ? formerCommand(words, command, new Map()) : null;
}

/** `start` of Distillery does not stay in the foreground; where a file says both, what is new cannot be told from what was. */
export function startInBackground(words: readonly string[], isForeground: boolean): FormerCall | null {
  if (releaseCommand(words) !== 'start') return null;
  const becomes = isForeground ? null : words.map((word) => (word === 'start' ? 'daemon' : word));
  return {
    message: 'start of Distillery runs in the background: daemon does so now, start stays in the foreground',
    becomes,
  };
}

/** `release_ctl eval --mfa "Shop.Release.migrate/0"`, as scripts of Distillery's own call functions. */
function releaseControl(words: readonly string[]): FormerCall {
  const called = functionOf(words.slice(1));
  const way = called === null ? 'with the function' : called;
  return { message: `release_ctl comes with Distillery: call bin/NAME eval ${way}`, becomes: null };
}

/**
 * `Shop.Release.migrate` of `Elixir.Shop.Release migrate`, of `eval --mfa Shop.Release.migrate/0` and of
 * `eval 'Shop.Release.migrate()'`; null where it takes arguments, or more is called.
 */
export function functionOf(words: readonly string[]): string | null {
  const [module = '', name = '', ...rest] = words.map((word) => word.replace(/^Elixir\./, ''));
  const mfa = words.indexOf('--mfa');
  const [, named] = /^(?:--mfa=)?([A-Z][\w.]*\.[a-z_]\w*[?!]?)\/0$/.exec(words[mfa === -1 ? 1 : mfa + 1] ?? '') ?? [];
  if (named) return named.replace(/^Elixir\./, '');
  if (rest.length > 0) return null;
  const [, called] = /^([A-Z][\w.]*\.[a-z_]\w*[?!]?)(?:\(\s*\))?$/.exec(name) ?? [];
  if (module === 'eval' && called) return called;
  return /^[A-Z][\w.]*$/.test(module) && /^[a-z_]\w*[?!]?$/.test(name) ? `${module}.${name}` : null;
}
