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
  /** What `mix.exs` says of the project that a task runs in. */
  readonly project: MixProject | null;
  /** Directories of the apps that code may ask for, by their names. */
  readonly apps: ReadonlyMap<string, string>;
  /** Answers `GET`; null for no network. */
  readonly fetch: (url: string) => string | null;
  /** This many bytes, random or not. */
  readonly random: (length: number) => Uint8Array;
  /** Elixir source as `mix format` prints it. */
  readonly format: (text: string) => string;
}

/** A project that a task of a dependency runs in. */
export interface MixProject {
  readonly app: string;
  readonly deps: readonly string[];
  readonly umbrella: boolean;
}
