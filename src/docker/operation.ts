import type { KnownVersions } from './image.ts';

/**
 * An edit of a Dockerfile as a value. A stage is named by its role (`build`, `run`, `only`) or as `stage.<name>`; an item
 * by the key that `itemsOf` gives it. Carried out by `dockerEditors` on the text as it is then; twice is once.
 */
export type DockerfileOperation =
  /** Gives an `ARG` before the first `FROM` a default; a new one goes behind those of `after` that are there. */
  | {
      readonly kind: 'docker-set-arg';
      readonly path: string;
      readonly name: string;
      readonly value: string;
      readonly after: readonly string[];
    }
  | { readonly kind: 'docker-remove-arg'; readonly path: string; readonly name: string }
  | { readonly kind: 'docker-set-image'; readonly path: string; readonly stage: string; readonly image: string }
  | { readonly kind: 'docker-name-stage'; readonly path: string; readonly stage: string; readonly name: string }
  /** Sets an item; a new one goes behind the first of `after` that is there, nearest first, else behind `FROM`. */
  | {
      readonly kind: 'docker-put';
      readonly path: string;
      readonly stage: string;
      readonly key: string;
      readonly value: string;
      readonly after: readonly string[];
    }
  | { readonly kind: 'docker-remove'; readonly path: string; readonly stage: string; readonly key: string }
  /** Brings the items of `keys` into that order; others stay behind what they stood behind. */
  | { readonly kind: 'docker-order'; readonly path: string; readonly stage: string; readonly keys: readonly string[] }
  /** Moves the instruction of one item to right behind that of another, unless it stands behind it already. */
  | {
      readonly kind: 'docker-move';
      readonly path: string;
      readonly stage: string;
      readonly key: string;
      readonly behind: string;
    }
  /** Replaces versions of Elixir, OTP and Debian in `ARG` defaults and images of a stage, or of all. */
  | {
      readonly kind: 'docker-set-versions';
      readonly path: string;
      readonly stage: string | null;
      readonly versions: KnownVersions;
    }
  /** Makes one stage that builds and runs into two, the second from `image`, running the release of `app`. */
  | { readonly kind: 'docker-split'; readonly path: string; readonly image: string; readonly app: string }
  /** Takes a stage away, and runs a command where the only copy from it stood. */
  | { readonly kind: 'docker-merge-stage'; readonly path: string; readonly stage: string; readonly command: string }
  /** Takes migrating commands out of what the last stage starts. */
  | { readonly kind: 'docker-start-without-migration'; readonly path: string };

/** An edit of a `.dockerignore`. */
export type IgnoreOperation =
  | { readonly kind: 'ignore-add'; readonly path: string; readonly patterns: readonly string[] }
  | { readonly kind: 'ignore-remove'; readonly path: string; readonly patterns: readonly string[] };

/** An edit of a script. */
export type ScriptOperation =
  /** Commands that migrate are taken out. */
  | { readonly kind: 'script-without-migration'; readonly path: string }
  /** Its commands become those of a text, joined by `; `. */
  | { readonly kind: 'script-commands'; readonly path: string; readonly commands: string };

/** Edits of any file that calls programs or sets variables for them: scripts, images, units, workflows, settings of platforms. */
export type CommandOperation =
  /** Puts words in place of those of a command, wherever the file calls it: in a line of a shell, a list of words, a value. */
  | {
      readonly kind: 'command-words';
      readonly path: string;
      readonly words: readonly string[];
      readonly becomes: readonly string[];
    }
  /** Takes a variable out of the environment that the file gives to what it starts. */
  | { readonly kind: 'variable-remove'; readonly path: string; readonly name: string }
  /** Puts commands in the place of a run of them, `cd assets && npm ci`, joined as they were. */
  | {
      readonly kind: 'command-run';
      readonly path: string;
      readonly run: readonly string[];
      readonly becomes: readonly string[];
    }
  /** Puts lines in the place of the only one that reads so. */
  | {
      readonly kind: 'line-replace';
      readonly path: string;
      readonly line: string;
      readonly becomes: readonly string[];
    };

/** Edits of the files that an image is built from and of what starts, ships and surrounds it. */
export type DockerOperation = DockerfileOperation | IgnoreOperation | ScriptOperation | CommandOperation;
