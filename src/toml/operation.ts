/** A value of a TOML file. */
export type TomlValue = string | number | boolean;

/** An edit of a `fly.toml`: one key of a table; comments, order and every other key stay. */
export interface FlyOperation {
  readonly kind: 'fly-set';
  readonly path: string;
  /** `['deploy']`; empty for the top of the file. */
  readonly table: readonly string[];
  readonly key: string;
  readonly value: TomlValue;
}
