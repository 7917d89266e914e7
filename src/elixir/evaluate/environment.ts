/** What of the world evaluated code can see: all of it is given. */
export interface Environment {
  /** `System.version()` */
  readonly elixir: string;
  /** `:erlang.system_info(:otp_release)` with its minor versions, `27.3.4` */
  readonly otp: string;
  readonly os: 'unix' | 'windows';
  /** Directory that relative paths start from. */
  readonly directory: string;
  readonly home: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Modules of packages that count as compiled, by alias: a task asks for them before it uses what they bring. */
  readonly loaded: ReadonlySet<string>;
  /** What is said to every question that a task asks. */
  readonly agrees: boolean;
  /** Directories of the apps that code may ask for, by their names. */
  readonly apps: ReadonlyMap<string, string>;
  /** Answers `GET`; null for no network. */
  readonly fetch: (url: string) => string | null;
  /** This many bytes, random or not. */
  readonly random: (length: number) => Uint8Array;
  /** Elixir source as `mix format` prints it. */
  readonly format: (text: string) => string;
}
