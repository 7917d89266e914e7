import type { Names } from '../elixir/names.ts';
import { parse } from '../elixir/parse.ts';
import type { WholeFileOperation } from '../merge/files/operation.ts';
import type { FileConflict } from '../merge/files/outcome.ts';
import { readItems } from '../merge/text/definitions/item.ts';
import { withParts } from '../merge/text/definitions/parts.ts';
import type { MergeOperation } from '../merge/text/operation.ts';
import { mergeBy, performMerge } from '../merge/text/perform.ts';
import { conflictsOf, inFormOf, mergedText, type TextMerge } from '../merge/text/text-merge.ts';
import type { Written } from '../pristine/sources/source.ts';
import type { FileTree } from '../project/tree.ts';
import { partsOf } from './definitions.ts';
import { type FoundDefinition, type GeneratedCode, heldAgainst } from './find.ts';
import { moduleIn, renamedModules } from './modules.ts';
import { storedTextOf } from './names.ts';
import type { StageTexts } from './texts.ts';

/** What comes of one file when generated code is brought from one version to another. */
export interface MergedFile {
  /** Where the generator writes it. */
  readonly path: string;
  /** Where the project has it; null for a new one. */
  readonly place: string | null;
  readonly verdict: 'pending' | 'conflict' | 'manual';
  readonly operations: readonly WholeFileOperation[];
  readonly conflicts: readonly FileConflict[];
  /** Whether every definition of it is as some version wrote it. */
  readonly isUntouched: boolean;
  readonly note: string | null;
}

/** Files of a project on the way: those that a stage before this one has written are as it leaves them; null for those that went. */
export type Overlay = Map<string, string | null>;

/** What generators write beside code, which is nobody's to merge: migrations have run, notes for agents are prose. */
const apart = /\/migrations\/|(?:^|\/)AGENTS\.md$/;

/** The files of one stage, in the order of their paths. What they come to is left in `overlay` for the stage behind. */
export function mergedStage(
  code: GeneratedCode,
  stage: StageTexts,
  { tree, app, overlay }: { readonly tree: FileTree; readonly app: Names; readonly overlay: Overlay },
): MergedFile[] {
  return new StageMerging(code, stage, { tree, app, overlay }).files();
}

class StageMerging {
  readonly #code: GeneratedCode;
  readonly #stage: StageTexts;
  readonly #tree: FileTree;
  readonly #overlay: Overlay;
  readonly #stored: (text: string) => string;
  readonly #places: ReadonlyMap<string, string>;
  readonly #moved: (text: string) => string;

  constructor(
    code: GeneratedCode,
    stage: StageTexts,
    { tree, app, overlay }: { readonly tree: FileTree; readonly app: Names; readonly overlay: Overlay },
  ) {
    this.#code = code;
    this.#stage = stage;
    this.#tree = tree;
    this.#overlay = overlay;
    this.#stored = storedTextOf(app, code.names);
    this.#places = new Map(code.parts.map(({ role, path }) => [role, path]));
    this.#moved = renamedModules(this.#modules());
  }

  files(): MergedFile[] {
    const { base, target } = this.#stage;
    const moved = this.#movedFiles();
    const from = new Set(moved.values());
    const paths = [...new Set([...base.written, ...target.written])].filter(
      (path) => !apart.test(path) && !from.has(path),
    );
    return paths.sort().flatMap((path) => this.#file(path, moved.get(path) ?? path) ?? []);
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
    const own = [...written].filter((path) => !apart.test(path) && !this.#wasThere(path));
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
        const place = this.#places.get(this.#roleOf(path, text) ?? '');
        const [module, own] = [moduleIn(text), place === undefined ? null : moduleIn(this.#tree.read(place) ?? '')];
        return module !== null && own !== null && own !== module ? [[module, own] as const] : [];
      }),
    );
    return new Map(names);
  }

  #roleOf(path: string, text: string): string | null {
    return partsOf(this.#stored(path), this.#stored(text))[0]?.role ?? null;
  }

  /** What comes of a file that the generator wrote at either end, at the base under another path maybe; null where nothing does. */
  #file(path: string, former: string): MergedFile | null {
    const { base, target } = this.#stage;
    const [old, next] = [this.#text(base, former), this.#text(target, path)];
    if (old === next && path === former) return null;
    const place = this.#placeOf(
      former,
      (old === undefined ? target : base).tree.read(old === undefined ? path : former) ?? '',
    );
    const yours = place === null ? undefined : this.#yours(place);
    if (old === undefined) return this.#added(path, next ?? '', place, yours);
    // What the user took out is not brought back.
    if (place === null || yours === undefined) return null;
    if (next === undefined) return this.#dropped(path, place, yours);
    return this.#renamed({ path, former, place }, this.#changed({ path, place, yours, old, next }));
  }

  /** A file that goes where the generator has it now, unless the user keeps it elsewhere. */
  #renamed(
    { path, former, place }: Record<'path' | 'former' | 'place', string>,
    file: MergedFile | null,
  ): MergedFile | null {
    if (path === former || place !== former) return file;
    const text = this.#yours(place) ?? '';
    this.#overlay.set(place, null);
    this.#overlay.set(path, text);
    const rename: WholeFileOperation = { kind: 'rename-file', from: place, path };
    const nothing = { path, place, verdict: 'pending' as const, conflicts: [], isUntouched: true, note: null };
    if (file === null) return { ...nothing, operations: [rename] };
    const at = <T extends WholeFileOperation>(one: T): T => ({ ...one, path });
    const conflicts = file.conflicts.map((one) => ({ ...one, take: one.take?.map(at) ?? null }));
    return { ...file, conflicts, operations: [rename, ...file.operations.map(at)] };
  }

  /** A file of one end; one that this end left alone is as it was before. */
  #text({ tree, written }: Written, path: string): string | undefined {
    const text = written.has(path) || this.#wasThere(path) ? tree.read(path) : undefined;
    return text === undefined ? undefined : this.#moved(text);
  }

  /** Whether generators only write into it: it is of the project that they ran in. */
  #wasThere(path: string): boolean {
    return this.#stage.project.has(path);
  }

  #yours(place: string): string | undefined {
    const known = this.#overlay.get(place);
    return known === null ? undefined : (known ?? this.#tree.read(place));
  }

  /** Where the project has the part that a file plays: where it was found, or where a stage before this one put it. */
  #placeOf(path: string, text: string): string | null {
    if (this.#yours(path) !== undefined) return path;
    const role = this.#wasThere(path) ? null : this.#roleOf(path, text);
    const known = role === null ? undefined : this.#places.get(role);
    return known === undefined || this.#overlay.get(known) === null ? null : known;
  }

  #added(path: string, text: string, place: string | null, yours: string | undefined): MergedFile | null {
    if (place !== null && yours !== undefined) {
      if (yours === text) return null;
      const note = 'the generator writes a file where you have one of your own';
      return { path, place, verdict: 'manual', operations: [], conflicts: [], isUntouched: false, note };
    }
    this.#overlay.set(path, text);
    const operations: WholeFileOperation[] = [{ kind: 'create-file', path, text, executable: false }];
    return { path, place: null, verdict: 'pending', operations, conflicts: [], isUntouched: true, note: null };
  }

  #dropped(path: string, place: string, yours: string): MergedFile {
    if (!this.#isUntouched(place, yours)) {
      const note = 'the generator no longer writes it, and you have changed it';
      return { path, place, verdict: 'manual', operations: [], conflicts: [], isUntouched: false, note };
    }
    this.#overlay.set(place, null);
    const operations: WholeFileOperation[] = [{ kind: 'delete-file', path: place }];
    return { path, place, verdict: 'pending', operations, conflicts: [], isUntouched: true, note: null };
  }

  #changed({ path, place, yours, old, next }: Record<'path' | 'place' | 'yours' | 'old' | 'next', string>) {
    if (yours === next) return null;
    if (this.#isUntouched(place, yours)) return this.#replaced(path, place, yours, next);
    const isOwn = !this.#wasThere(path);
    const base = isOwn ? this.#baseOf(place, old, yours) : old;
    const lines: MergeOperation = { kind: 'merge-file', path: place, base, target: next, take: null };
    const definitions: MergeOperation = { ...lines, definitions: 'merged' };
    const byDefinitions = isOwn && /\.exs?$/.test(place) ? mergeBy(definitions, yours) : null;
    // What cannot be told apart by definitions may be by lines.
    const isTold =
      byDefinitions !== null &&
      !byDefinitions.regions.some((region) => region.yours === yours) &&
      isSettled(definitions, byDefinitions);
    const [operation, merge] = isTold ? [definitions, byDefinitions] : [lines, mergeBy(lines, yours)];
    // Where the generator only writes into a file, what others made of that file since is no part of its code.
    const isShown = isOwn || this.#stage.design !== null;
    const conflicts = (isShown ? conflictsOf(merge) : []).map((conflict): FileConflict => {
      const { base: b, yours: y, target: t } = conflict;
      return { ...conflict, path: place, take: [{ ...operation, take: { base: b, yours: y, target: t } }] };
    });
    const text = mergedText(merge);
    const done = performMerge(yours, operation);
    if (done.ok) this.#overlay.set(place, done.text);
    const operations = text === yours ? [] : [operation];
    if (operations.length === 0 && conflicts.length === 0) return null;
    const verdict = conflicts.length > 0 ? ('conflict' as const) : ('pending' as const);
    return { path, place, verdict, operations, conflicts, isUntouched: false, note: null };
  }

  #replaced(path: string, place: string, yours: string, next: string): MergedFile {
    const text = inFormOf(yours, next);
    this.#overlay.set(place, text);
    const operations: WholeFileOperation[] = [{ kind: 'replace-file', path: place, text }];
    return { path, place, verdict: 'pending', operations, conflicts: [], isUntouched: true, note: null };
  }

  /** Every definition of a file as history knows it; null for one that plays no part. */
  #definitions(place: string, text: string): FoundDefinition[] | null {
    const parts = partsOf(this.#stored(place), this.#stored(text));
    const [only] = parts;
    if (only === undefined || parts.length !== 1) return null;
    // A file that the stage before this one brought plays the part that its name says.
    const role = [...this.#places].find(([, path]) => path === place)?.[0] ?? only.role;
    return heldAgainst(only, role, this.#code.history);
  }

  #isUntouched(place: string, text: string): boolean {
    return this.#definitions(place, text)?.every(isUntouched) ?? false;
  }

  /**
   * The base with every definition that is as some version wrote it as it stands in the project: whichever version that
   * was, nobody changed it. What is left is the user's, and is held against the version that most of the file is from.
   */
  #baseOf(place: string, base: string, yours: string): string {
    const found = this.#definitions(place, yours);
    if (found === null) return base;
    const items = readItems(parse(yours))?.items.find(({ key }) => key.startsWith('defmodule'))?.body?.items ?? [];
    const keys = items.flatMap(({ key, line, code }) => {
      const end = line + code.split('\n').length - 1;
      const own = found.filter((one) => one.line >= line && one.line < end);
      return own.length > 0 && own.every(isUntouched) ? [key] : [];
    });
    return withParts(base, yours, new Set(keys)) ?? base;
  }
}

/** Whether a merge done again leaves what it made: a plan made after it then has nothing more to say. */
function isSettled(operation: MergeOperation, merge: TextMerge): boolean {
  const text = mergedText(merge);
  const again = mergeBy(operation, text);
  return mergedText(again) === text && conflictsOf(again).length <= conflictsOf(merge).length;
}

function isUntouched({ runs, isSaidSo }: FoundDefinition): boolean {
  return runs !== 0n && isSaidSo;
}
