import type { DockerOperation } from '../docker/operation.ts';
import type { ConfigMove } from '../elixir/config/move.ts';
import type { ConfigOperation } from '../elixir/config/operation.ts';
import type { EndpointOperation } from '../elixir/endpoint/operation.ts';
import type { MixOperation } from '../elixir/mix/operation.ts';
import type { FunctionOperation } from '../elixir/release/operation.ts';
import type { RouterOperation } from '../elixir/router/operation.ts';
import type { SupervisionOperation } from '../elixir/supervision/operation.ts';
import type { WebOperation } from '../elixir/web/operation.ts';
import type { RewriteOperation } from '../rewrites/operation.ts';
import type { ScriptImportsOperation } from '../templates/script-imports.ts';
import type { ServedPathOperation } from '../templates/served-path.ts';
import type { FlyOperation } from '../toml/operation.ts';
import type { FileOperation, SetMode, WriteBytes } from './files/operation.ts';
import type { MergeOperation } from './text/operation.ts';
import type { SetVersion } from './versions/operation.ts';

/**
 * A first Dockerfile: how it builds assets depends on what the project's mix.exs files have by then. One written before
 * they had the alias is brought up to it; one that is not from here stays.
 */
export interface CreateDockerfile {
  readonly kind: 'create-dockerfile';
  readonly path: string;
  /** For a project with the alias `assets.deploy`. */
  readonly text: string;
  readonly otherwise: string;
  /** Whether it is written where there is none, or only kept up to date. */
  readonly creates: boolean;
  /** Where the alias may be. */
  readonly manifests: readonly string[];
}

/** Takes a config file out of the project once it sets nothing: its imports in other files, then the file. */
export interface RetireConfig {
  readonly kind: 'retire-config';
  readonly path: string;
  /** Files that import it. */
  readonly importing: readonly string[];
}

/** Edits of one Elixir file, by syntax. */
export type ElixirOperation =
  | MixOperation
  | ConfigOperation
  | SupervisionOperation
  | EndpointOperation
  | RouterOperation
  | WebOperation
  | FunctionOperation;

/**
 * An edit as a value. Carried out on the file as it is then (`perform`), so that any subset of steps can be
 * applied: places are found by syntax, never by offsets remembered from planning.
 */
export type Operation =
  | FileOperation
  | WriteBytes
  | SetMode
  | MergeOperation
  | ElixirOperation
  | ConfigMove
  | RetireConfig
  | CreateDockerfile
  | DockerOperation
  | FlyOperation
  | ServedPathOperation
  | ScriptImportsOperation
  | SetVersion
  | RewriteOperation;
