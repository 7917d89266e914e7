import { callsOf } from '../../src/generated/calls.ts';
import { findGenerated } from '../../src/generated/find.ts';
import { mergedStage } from '../../src/generated/merge.ts';
import type { Overlay } from '../../src/generated/places.ts';
import { stagesOf } from '../../src/generated/stages.ts';
import { shippedGenerated } from '../../src/pristine/generated-history.ts';
import { readCall } from '../../src/pristine/generator-call.ts';
import { namesOf } from '../../src/pristine/naming.ts';
import { compareVersions } from '../../src/pristine/versions.ts';
import { type FileTree, joinedTrees, memoryTree } from '../../src/project/tree.ts';
import type { CheckoutSource } from '../checkout-source.ts';
import { generatorReleases, sameAs } from '../generator-releases.ts';
import { say } from './check.ts';

const names = namesOf('sample_app', []);

/** Two resources of one context, with names of several words, a table of its own and fields of every kind. */
const kinds = 'title:string notes:text seats:integer open:boolean held_on:date price:decimal';
const enums = 'status:enum:draft:ready';
const resources = (task: string, version: string) => [
  `phx.gen.context Venues Show shows ${fieldsAt(version)}`,
  `phx.gen.context Venues SeatPlan seat_plans label:string:unique rows:integer --table plans`,
  `${task} Venues Show shows ${fieldsAt(version)} --no-context --no-schema`,
  `${task} Venues SeatPlan seat_plans label:string:unique rows:integer --table plans --no-context --no-schema`,
];

/** Enums came with 1.6. */
function fieldsAt(version: string): string {
  return compareVersions(version, '1.6.0') < 0 ? kinds : `${kinds} ${enums}`;
}

/** What the user did: a function more, one changed, a field more. */
const edits: readonly (readonly [file: RegExp, from: RegExp, to: string, word: string])[] = [
  [/\/venues\.ex$/, /end\n$/, '\n  def seats_of(show), do: {:seats, show}\nend\n', 'def seats_of'],
  [/\/venues\.ex$/, /Repo\.delete\(show\)/, 'Repo.delete(show, stale_error_field: :id)', 'stale_error_field'],
  [/venues\/show\.ex$/, /( +)field :title, :string\n/, '$&$1field :seat_map, :string\n', 'field :seat_map'],
];

/**
 * Contexts of each version, found under names of their own with the fields that they were generated with, and brought to the end of
 * each design: as generated they are the target's byte for byte, edited the edits are still there and all else is the target's.
 */
export function contextsHold(source: CheckoutSource, pattern: RegExp): boolean {
  let isWhole = true;
  for (const task of ['phx.gen.html', 'phx.gen.json', 'phx.gen.live']) {
    const releases = generatorReleases(source.checkouts, task);
    const seen = new Set<string>();
    const starts = releases.filter((release) => {
      const same = sameAs(source.checkouts, release, task).split('\n')[0] ?? '';
      return pattern.test(release.label) && !seen.has(same) && seen.add(same) !== undefined;
    });
    let [ways, files, own] = [0, 0, 0];
    const faults: string[] = [];
    for (const { label } of starts) {
      for (const end of ends(releases.map((one) => one.label)).filter((one) => compareVersions(label, one) < 0)) {
        const count = wayFaults(source, task, label, end);
        faults.push(...count.faults.map((fault) => `${task} ${label} to ${end}: ${fault}`));
        ways += count.ways;
        files += count.files;
        own += count.own;
      }
    }
    for (const fault of faults) say(`  ${fault}`);
    say(
      `${task}: ${starts.length} versions, ${ways} ways, ${files} files the target's, ${own} edits the user's, ${faults.length} faults`,
    );
    isWhole &&= faults.length === 0;
  }
  return isWhole;
}

/** The last version of each release line. */
function ends(versions: readonly string[]): string[] {
  return versions.filter((version, at) => version.replace(/\.\d+$/, '') !== versions[at + 1]?.replace(/\.\d+$/, ''));
}

function wayFaults(source: CheckoutSource, task: string, from: string, to: string) {
  const request = { version: to, flags: [], names };
  const project = source.projectAt(request);
  const at = (version: string, calls: readonly string[]) =>
    source.written(project, { ...request, version, calls: calls.map(readCall) });
  const before = at(from, resources(task, from));
  const faults: string[] = [];
  let [ways, files, own] = [0, 0, 0];
  for (const tree of [before.tree, edited(before.tree)]) {
    const [code, second] = findGenerated(tree, names, shippedGenerated);
    if (code === undefined || second !== undefined) return { faults: ['it is not found as one'], ways, files, own };
    const calls = (version: string) => callsOf(code, { tree, names, version });
    const isSame = sortedWords(calls(from)) === sortedWords(resources(task, from));
    if (tree === before.tree && !isSame) faults.push(`it is called ${calls(from).join(' and ')}`);
    for (const stage of stagesOf(code, to)) {
      const [base, target] = [stage.from, stage.to].map((version) => at(version, calls(version)));
      if (!base || !target) continue;
      const overlay: Overlay = new Map();
      mergedStage(code, { ...stage, project, base, target }, { tree, app: names, overlay });
      const after = (path: string) => (overlay.has(path) ? (overlay.get(path) ?? undefined) : tree.read(path));
      ways += 1;
      const paths = [...new Set([...base.written, ...target.written])].filter(
        (path) => !path.includes('/migrations/') && !project.has(path),
      );
      for (const path of paths) {
        const kept = edits.filter(([file]) => file.test(path));
        const isEdited = tree !== before.tree && kept.length > 0;
        const wanted = target.written.has(path) ? target.tree.read(path) : undefined;
        if (isEdited) {
          const lost = kept.filter(([, , , word]) => !after(path)?.includes(word));
          own += kept.length - lost.length;
          faults.push(...lost.map(([, , , word]) => `${path} at ${stage.to}: the user's ${word} is gone`));
        } else if (after(path) === wanted) files += 1;
        else faults.push(`${path} is not as ${stage.to} writes it`);
      }
    }
  }
  return { faults, ways, files, own };
}

function edited(tree: FileTree): FileTree {
  const changed = tree.paths.flatMap((path) => {
    const own = edits.filter(([file]) => file.test(path));
    const text = own.reduce((all, [, from, to]) => all.replace(from, to), tree.read(path) ?? '');
    return own.length === 0 ? [] : [[path, { bytes: Buffer.from(text) }] as const];
  });
  return joinedTrees(tree, memoryTree(new Map(changed)));
}

/** Flags may come in any order; a text of several lines is told from a string by its form alone. */
function sortedWords(calls: readonly string[]): string {
  const hasForm = calls.some((call) => /^phx\.gen\.(?:html|live)/.test(call));
  return calls
    .map((call) => (hasForm ? call : call.replace(':text', ':string')).split(' ').sort().join(' '))
    .sort()
    .join('\n');
}
