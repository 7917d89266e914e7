import { type Definition, partsOf } from '../../src/generated/definitions.ts';
import { findGenerated } from '../../src/generated/find.ts';
import { mergedStage } from '../../src/generated/merge.ts';
import { storedTextOf } from '../../src/generated/names.ts';
import type { Overlay } from '../../src/generated/places.ts';
import { codeTexts } from '../../src/library/generated-code.ts';
import { shippedGenerated } from '../../src/pristine/generated-history.ts';
import { readCall } from '../../src/pristine/generator-call.ts';
import { namesOf } from '../../src/pristine/naming.ts';
import type { Written } from '../../src/pristine/sources/source.ts';
import { compareVersions, releaseLine } from '../../src/pristine/versions.ts';
import { type FileTree, joinedTrees, memoryTree } from '../../src/project/tree.ts';
import type { CheckoutSource } from '../checkout-source.ts';
import { type GeneratorRelease, generatorReleases, sameAs } from '../generator-releases.ts';
import { say } from './check.ts';

const names = namesOf('sample_app', []);
const task = 'phx.gen.auth';
const call = `${task} Identity Member people --table folk`;

/** What came of one way. */
interface WayCount {
  readonly faults: readonly string[];
  /** Definitions that are the target's, and those that are the user's still. */
  readonly definitions: number;
  readonly own: number;
}

/** Every way from a version whose login differs from the one before it to the last of each release line, as generated and edited. */
export async function waysHold(source: CheckoutSource, pattern: RegExp): Promise<boolean> {
  const releases = generatorReleases(source.checkouts, task);
  const seen = new Set<string>();
  const starts = releases.filter((release) => {
    const same = sameAs(source.checkouts, release, task).split('\n')[0] ?? '';
    return pattern.test(release.label) && !seen.has(same) && seen.add(same) !== undefined;
  });
  const ends = releases.filter(({ label }, at) => releaseLine(label) !== releaseLine(releases[at + 1]?.label ?? ''));
  let isWhole = true;
  for (const flags of ['--live', '--no-live']) {
    for (const end of ends.filter(({ apart }) => apart === undefined)) {
      const ways = starts.filter((start) => isWay(start, end, flags));
      const counts: WayCount[] = [];
      for (const start of ways) counts.push(await wayFaults(source, { start, end, flags }));
      const faults = counts.flatMap((count) => count.faults);
      for (const fault of faults) say(`  ${fault}`);
      const sum = (of: (count: WayCount) => number) => counts.reduce((all, count) => all + of(count), 0);
      say(
        `${flags} to ${end.label}: from ${ways.length} versions, ${sum((one) => one.definitions)} definitions the target's, ${sum((one) => one.own)} the user's, ${faults.length} faults`,
      );
      isWhole &&= faults.length === 0;
    }
  }
  return isWhole;
}

function isWay(start: GeneratorRelease, end: GeneratorRelease, flags: string): boolean {
  const isOld = compareVersions(start.phoenix, '1.7.0') < 0;
  return compareVersions(start.phoenix, end.phoenix) <= 0 && !(isOld && flags === '--live');
}

interface Way {
  readonly start: GeneratorRelease;
  readonly end: GeneratorRelease;
  readonly flags: string;
}

async function wayFaults(source: CheckoutSource, { start, end, flags }: Way): Promise<WayCount> {
  const request = { version: end.phoenix, flags: [], names };
  const project = source.projectAt(request);
  const at = ({ phoenix: version, apart }: GeneratorRelease, more = '') => {
    const known = compareVersions(version, '1.7.0') < 0 ? '' : ` ${flags}`;
    return source.written(project, { ...request, version, calls: [readCall(call + known + more)] }, apart);
  };
  const before = at(start);
  // The usual library was another one in 1.6.0, and passwords that it hashed stay with it.
  const wanted = at(end, before.tree.read('mix.exs')?.includes(':argon2_elixir') ? ' --hashing-lib argon2' : '');
  const label = `${flags} ${start.label} to ${end.label}`;
  const plain = await brought(source, before.tree, request, project);
  const faults = differing(plain, wanted, before, project).map(
    (path) => `${label}: ${path} is not as ${end.label} writes it`,
  );
  const edited = editedTree(before.tree);
  const after = await brought(source, edited, request, project);
  const kept = comparison(after, wanted, project);
  return {
    faults: [...faults, ...kept.faults.map((fault) => `${label}, edited: ${fault}`)],
    definitions: kept.definitions,
    own: kept.own,
  };
}

/** A project once every stage is carried out; what conflicts stays. */
async function brought(
  source: CheckoutSource,
  tree: FileTree,
  request: Parameters<CheckoutSource['project']>[0],
  project: FileTree,
): Promise<FileTree> {
  const overlay: Overlay = new Map();
  const [texts] = await codeTexts({ tree, names }, { sources: [source], request, project });
  const [code] = findGenerated(tree, names, shippedGenerated);
  for (const stage of texts?.stages ?? []) if (code) mergedStage(code, stage, { tree, app: names, overlay });
  const written = [...overlay].flatMap(([path, text]) =>
    text === null ? [] : [[path, { bytes: Buffer.from(text) }] as const],
  );
  const all = joinedTrees(tree, memoryTree(new Map(written)));
  const gone = new Set([...overlay].flatMap(([path, text]) => (text === null ? [path] : [])));
  return {
    ...all,
    paths: all.paths.filter((path) => !gone.has(path)),
    has: (path) => !gone.has(path) && all.has(path),
  };
}

const apart = /\/migrations\/|AGENTS\.md$/;

/** What generators only write into tells nothing of a version: it is compared with what a stage brings, definition by definition. */
function differing(after: FileTree, wanted: Written, before: Written, project: FileTree): string[] {
  const paths = new Set(
    [...before.written, ...wanted.written].filter((path) => !apart.test(path) && !project.has(path)),
  );
  const textIn = (tree: FileTree, path: string) => (tree.has(path) ? tree.read(path) : undefined);
  return [...paths].filter((path) => textIn(after, path) !== textIn(wanted.tree, path));
}

/** What a user did: a function more, a changed one, and a field more. */
const edits: readonly (readonly [file: RegExp, from: RegExp, to: string])[] = [
  [/\/identity\.ex$/, /end\n$/, '\n  def seats_of(member), do: {:seats, member}\nend\n'],
  [/member_auth\.ex$/, /(defp? signed_in_path\(.*\), do: ).*/, '$1"/seats"'],
  [/\/member\.ex$/, /( +)field :email, :string\n/, '$&$1field :seat, :integer\n'],
];
const ownKeys = /^fun (?:seats_of|signed_in_path)\/|> field :seat$/;

function editedTree(tree: FileTree): FileTree {
  const changed = tree.paths.flatMap((path) => {
    const edit = edits.find(([file]) => file.test(path));
    if (edit === undefined) return [];
    const text = (tree.read(path) ?? '').replace(edit[1], edit[2]);
    return [[path, { bytes: Buffer.from(text) }] as const];
  });
  return joinedTrees(tree, memoryTree(new Map(changed)));
}

/** Each definition of the target is there as the target has it, but for what the user wrote, which is as they wrote it. */
function comparison(after: FileTree, { tree, written }: Written, project: FileTree): WayCount {
  const call = { context: 'Identity', schema: 'Member', singular: 'member', plural: 'people', table: 'folk' };
  const stored = storedTextOf(names, call);
  const faults: string[] = [];
  let [definitions, own] = [0, 0];
  for (const path of [...written].filter((one) => !apart.test(one) && !project.has(one))) {
    const [wanted, got] = [tree, after].map((one) => definitionsAt(one, path, stored));
    for (const [key, { hash }] of wanted ?? []) {
      if (ownKeys.test(key)) continue;
      if (got?.get(key)?.hash === hash) definitions += 1;
      else faults.push(`${path}: ${key} is not the target's`);
    }
  }
  for (const [path, word] of [
    ['lib/sample_app/identity.ex', 'def seats_of'],
    ['lib/sample_app_web/member_auth.ex', '"/seats"'],
    ['lib/sample_app_web/controllers/member_auth.ex', '"/seats"'],
    ['lib/sample_app/identity/member.ex', 'field :seat, :integer'],
  ] as const) {
    if (!after.has(path)) continue;
    if (after.read(path)?.includes(word)) own += 1;
    else faults.push(`${path}: the user's ${word} is gone`);
  }
  return { faults, definitions, own };
}

function definitionsAt(tree: FileTree, path: string, stored: (text: string) => string): Map<string, Definition> {
  const text = tree.has(path) ? (tree.read(path) ?? '') : '';
  const parts = partsOf(stored(path), stored(text));
  return new Map(parts.flatMap((part) => part.definitions.map((one) => [one.key, one] as const)));
}
