import type { WholeFileOperation } from '../merge/files/operation.ts';
import type { FileConflict } from '../merge/files/outcome.ts';
import type { MergeOperation } from '../merge/text/operation.ts';
import { mergeBy, performMerge } from '../merge/text/perform.ts';
import { conflictsOf, inFormOf, mergedText, type TextMerge } from '../merge/text/text-merge.ts';
import type { GeneratedCode } from './find.ts';
import { type Overlay, StagePlaces, type StageProject } from './places.ts';
import type { StageTexts } from './texts.ts';
import { Untouched } from './untouched.ts';

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

/** The files of one stage, in the order of their paths. What they come to is left in `overlay` for the stage behind. */
export function mergedStage(code: GeneratedCode, stage: StageTexts, project: StageProject): MergedFile[] {
  const places = new StagePlaces(code, stage, project);
  const merging = new StageMerging(stage, places, { untouched: new Untouched(places), overlay: project.overlay });
  return places.files().flatMap(([path, former]) => merging.file(path, former) ?? []);
}

/** A file that both ends have, and the project. */
type Texts = Record<'path' | 'place' | 'yours' | 'old' | 'next', string>;

class StageMerging {
  readonly #stage: StageTexts;
  readonly #places: StagePlaces;
  readonly #untouched: Untouched;
  readonly #overlay: Overlay;

  constructor(
    stage: StageTexts,
    places: StagePlaces,
    { untouched, overlay }: { readonly untouched: Untouched; readonly overlay: Overlay },
  ) {
    this.#stage = stage;
    this.#places = places;
    this.#untouched = untouched;
    this.#overlay = overlay;
  }

  /** What comes of a file that the generator wrote at either end, at the base under another path maybe; null where nothing does. */
  file(path: string, former: string): MergedFile | null {
    const { base, target } = this.#stage;
    const [old, next] = [this.#places.text(base, former), this.#places.text(target, path)];
    if (old === next && path === former) return null;
    const [side, at] = old === undefined ? [target, path] : [base, former];
    const place = this.#places.placeOf(former, side.tree.read(at) ?? '');
    const yours = place === null ? undefined : this.#places.yours(place);
    if (old === undefined) return this.#added(path, next ?? '', place, yours);
    // What the user took out is not brought back.
    if (place === null || yours === undefined) return null;
    if (next === undefined) return this.#dropped({ path, place, yours, old });
    return this.#renamed({ path, former, place }, this.#changed({ path, place, yours, old, next }));
  }

  /** A file that goes where the generator has it now, unless the user keeps it elsewhere. */
  #renamed(
    { path, former, place }: Record<'path' | 'former' | 'place', string>,
    file: MergedFile | null,
  ): MergedFile | null {
    if (path === former || place !== former) return file;
    const text = this.#places.yours(place) ?? '';
    this.#overlay.set(place, null);
    this.#overlay.set(path, text);
    const rename: WholeFileOperation = { kind: 'rename-file', from: place, path };
    if (file === null) return brought(path, place, [rename]);
    const at = <T extends WholeFileOperation>(one: T): T => ({ ...one, path });
    const conflicts = file.conflicts.map((one) => ({ ...one, take: one.take?.map(at) ?? null }));
    return { ...file, conflicts, operations: [rename, ...file.operations.map(at)] };
  }

  #added(path: string, text: string, place: string | null, yours: string | undefined): MergedFile | null {
    if (place !== null && yours !== undefined) {
      return yours === text ? null : byHand(path, place, 'the generator writes a file where you have one of your own');
    }
    if (this.#isOwnTemplate(path)) return null;
    this.#overlay.set(path, text);
    return brought(path, null, [{ kind: 'create-file', path, text, executable: false }]);
  }

  /** Whether the user changed the template of the same name that the base has in an older language: two of one name do not compile. */
  #isOwnTemplate(path: string): boolean {
    const { base } = this.#stage;
    const former = ['.eex', '.leex'].map((end) => path.replace(/\.heex$/, end)).filter((one) => one !== path);
    return former.some((one) => {
      const yours = base.written.has(one) ? this.#places.yours(one) : undefined;
      return yours !== undefined && yours !== this.#places.text(base, one) && !this.#untouched.isWhole(one, yours);
    });
  }

  #dropped({ path, place, yours, old }: Omit<Texts, 'next'>): MergedFile {
    if (yours !== old && !this.#untouched.isWhole(place, yours)) {
      return byHand(path, place, 'the generator no longer writes it, and you have changed it');
    }
    this.#overlay.set(place, null);
    return brought(path, place, [{ kind: 'delete-file', path: place }]);
  }

  #changed(texts: Texts): MergedFile | null {
    const { path, place, yours, old, next } = texts;
    if (yours === next) return null;
    if (yours === old || this.#untouched.isWhole(place, yours)) {
      const text = inFormOf(yours, next);
      this.#overlay.set(place, text);
      return brought(path, place, [{ kind: 'replace-file', path: place, text }]);
    }
    const { operation, merge } = this.#merged(texts);
    // Where the generator only writes into a file, what others made of that file since is no part of its code.
    const isShown = !this.#places.wasThere(path) || this.#stage.design !== null;
    const conflicts = (isShown ? conflictsOf(merge) : []).map((conflict): FileConflict => {
      const { base: b, yours: y, target: t } = conflict;
      return { ...conflict, path: place, take: [{ ...operation, take: { base: b, yours: y, target: t } }] };
    });
    const done = performMerge(yours, operation);
    if (done.ok) this.#overlay.set(place, done.text);
    const operations = mergedText(merge) === yours ? [] : [operation];
    if (operations.length === 0 && conflicts.length === 0) return null;
    const verdict = conflicts.length > 0 ? 'conflict' : 'pending';
    return { path, place, verdict, operations, conflicts, isUntouched: false, note: null };
  }

  /** A merge by definitions; by lines where they cannot be told apart. */
  #merged({ path, place, yours, old, next }: Texts): { operation: MergeOperation; merge: TextMerge } {
    const isOwn = !this.#places.wasThere(path);
    const base = isOwn ? this.#untouched.baseOf(place, old, yours) : old;
    const lines: MergeOperation = { kind: 'merge-file', path: place, base, target: next, take: null };
    if (isOwn && /\.exs?$/.test(place)) {
      const operation: MergeOperation = { ...lines, definitions: 'merged' };
      const merge = mergeBy(operation, yours);
      if (!merge.regions.some((region) => region.yours === yours) && isSettled(operation, merge)) {
        return { operation, merge };
      }
    }
    return { operation: lines, merge: mergeBy(lines, yours) };
  }
}

function brought(path: string, place: string | null, operations: readonly WholeFileOperation[]): MergedFile {
  return { path, place, verdict: 'pending', operations, conflicts: [], isUntouched: true, note: null };
}

function byHand(path: string, place: string, note: string): MergedFile {
  return { path, place, verdict: 'manual', operations: [], conflicts: [], isUntouched: false, note };
}

/** Whether a merge done again leaves what it made: a plan made after it then has nothing more to say. */
function isSettled(operation: MergeOperation, merge: TextMerge): boolean {
  const text = mergedText(merge);
  const again = mergeBy(operation, text);
  return mergedText(again) === text && conflictsOf(again).length <= conflictsOf(merge).length;
}
