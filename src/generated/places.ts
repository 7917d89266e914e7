import type { Names } from '../elixir/names.ts';
import type { Written } from '../pristine/sources/source.ts';
import type { FileTree } from '../project/tree.ts';
import { partsOf } from './definitions.ts';
import type { GeneratedCode } from './find.ts';
import { moduleIn, renamedModules } from './modules.ts';
import { storedTextOf } from './names.ts';
import { type FoundDefinition, heldAgainst, type WrittenCode } from './parts.ts';
import type { StageTexts } from './texts.ts';

/** Files of a project on the way: those that a stage before this one has written are as it leaves them; null for those that went. */
export type Overlay = Map<string, string | null>;

/** The project that a stage is carried out in. */
export interface StageProject {
  readonly tree: FileTree;
  readonly app: Names;
  /** What the stages before this one came to, and then this one. */
  readonly overlay: Overlay;
}

/** What generators write beside code, which is nobody's to merge: migrations have run, notes for agents are prose. */
const apart = /\/migrations\/|(?:^|\/)AGENTS\.md$/;

/** Where the files of a stage lie: at its beginning, at its end, and in the project. */
export class StagePlaces {
  readonly #named: readonly NamedCode[];
  readonly #stage: StageTexts;
  readonly #project: StageProject;
  readonly #known: ReadonlyMap<string, string>;
  readonly #renamed: (text: string) => string;

  constructor(code: GeneratedCode, stage: StageTexts, project: StageProject) {
    this.#stage = stage;
    this.#project = project;
    this.#named = code.codes.map((one) => ({ ...one, stored: storedTextOf(project.app, one.names) }));
    this.#known = new Map(
      this.#named.flatMap(({ parts }, index) => parts.map(({ role, path }) => [`${index} ${role}`, path] as const)),
    );
    this.#renamed = renamedModules(this.#modules());
  }

  /** Each file of either end, with the path that the base has it under. */
  files(): [path: string, former: string][] {
    const { base, target } = this.#stage;
    const moved = this.#movedFiles();
    const from = new Set(moved.values());
    const paths = [...new Set([...base.written, ...target.written])].filter(
      (path) => !apart.test(path) && !from.has(path),
    );
    return paths.sort().map((path) => [path, moved.get(path) ?? path]);
  }

  /** A file of the project as the stages before have left it. */
  yours(place: string): string | undefined {
    const { overlay, tree } = this.#project;
    const known = overlay.get(place);
    return known === null ? undefined : (known ?? tree.read(place));
  }

  /** A file of one end under the modules that the project has; one that this end left alone is as it was before. */
  text({ tree, written }: Written, path: string): string | undefined {
    const text = written.has(path) || this.wasThere(path) ? tree.read(path) : undefined;
    return text === undefined ? undefined : this.#renamed(text);
  }

  /** Whether generators only write into it: it is of the project that they ran in. */
  wasThere(path: string): boolean {
    return this.#stage.project.has(path);
  }

  /** Where the project has the part that a file plays: where it was found, or where a stage before this one put it. */
  placeOf(path: string, text: string): string | null {
    if (this.yours(path) !== undefined) return path;
    const role = this.wasThere(path) ? null : this.#roleOf(path, text);
    const known = role === null ? undefined : this.#known.get(role);
    return known === undefined || this.#project.overlay.get(known) === null ? null : known;
  }

  /** Every definition of a file as history knows it, by whichever of several calls knows most; null for a file that plays no part. */
  definitions(place: string, text: string): FoundDefinition[] | null {
    const held = this.#named.flatMap(({ stored, parts, history }) => {
      const [only, second] = partsOf(stored(place), stored(text));
      // A file that the stage before this one brought plays the part that its name says.
      const role = parts.find(({ path }) => path === place)?.role ?? only?.role ?? '';
      return only === undefined || second !== undefined ? [] : [heldAgainst(only, role, history)];
    });
    const [first, ...others] = held;
    return first?.map((one, index) => others.map((other) => other[index]).reduce(better, one) ?? one) ?? null;
  }

  /** Files that play the part of one that the base had elsewhere, with the path that it had. */
  #movedFiles(): Map<string, string> {
    const { base, target } = this.#stage;
    const before = this.#roles(base);
    const after = [...this.#roles(target)].flatMap(([role, path]) => {
      const former = before.get(role);
      return former === undefined || former === path || target.written.has(former) ? [] : [[path, former] as const];
    });
    return new Map(after);
  }

  /** The files of one end by the part that they play. */
  #roles({ tree, written }: Written): Map<string, string> {
    const own = [...written].filter((path) => !apart.test(path) && !this.wasThere(path));
    return new Map(
      own.flatMap((path) => {
        const role = this.#roleOf(path, tree.read(path) ?? '');
        return role === null ? [] : [[role, path] as const];
      }),
    );
  }

  /** The modules of both ends with the names that they have in the project, of those that it has elsewhere. */
  #modules(): Map<string, string> {
    const { base, target } = this.#stage;
    const names = [base, target].flatMap(({ tree, written }) =>
      [...written].flatMap((path) => {
        const text = /\.exs?$/.test(path) ? (tree.read(path) ?? '') : '';
        const place = this.#known.get(this.#roleOf(path, text) ?? '');
        const own = place === undefined ? null : moduleIn(this.#project.tree.read(place) ?? '');
        const module = moduleIn(text);
        return module !== null && own !== null && own !== module ? [[module, own] as const] : [];
      }),
    );
    return new Map(names);
  }

  /** The part that a file plays for the first of several calls that writes such a one. */
  #roleOf(path: string, text: string): string | null {
    for (const [index, { stored, history }] of this.#named.entries()) {
      const role = partsOf(stored(path), stored(text))[0]?.role;
      if (role !== undefined && history.roles.includes(role)) return `${index} ${role}`;
    }
    return null;
  }
}

interface NamedCode extends WrittenCode {
  /** A text as it would be under the names of the history. */
  readonly stored: (text: string) => string;
}

function better(a: FoundDefinition | undefined, b: FoundDefinition | undefined): FoundDefinition | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const worth = ({ runs, isSaidSo, isKnown }: FoundDefinition) =>
    (runs === 0n ? 0 : 2) + (runs !== 0n && isSaidSo ? 2 : 0) + (isKnown ? 1 : 0);
  return worth(b) > worth(a) ? b : a;
}
