import { execFileSync } from 'node:child_process';
import { findCode } from '../../src/findings/code/find.ts';
import type { FindingContext } from '../../src/findings/context.ts';
import type { Operation } from '../../src/merge/operation.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { SourceFiles } from '../../src/project/source-files.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { rewriteResult } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';
import { type Check, say } from './check.ts';
import { refusedByElixir } from './elixir-oracle.ts';
import { rewrittenTemplates } from './rewritten-templates.ts';

/** Holds the rewriting of route helpers against what a project's own team made of them. */
export const rewrites: Check = {
  says: 'code of a git repository at BEFORE, rewritten, against what its team made of it by AFTER: DIRECTORY BEFORE AFTER',
  run: async ({ projects, rest: [before, after] }) => {
    if (before === undefined || after === undefined) throw new Error('name two commits: BEFORE AFTER');
    const theirs = treeOf(projects, after);
    const old = withWebOf(treeOf(projects, before), theirs);
    const operations = operationsOf(old);
    const tree = withSigil(old, operations);
    const started = performance.now();
    const done = performAll(new Workspace(tree), operations);
    if ('reason' in done) throw new Error(done.reason);
    const took = Math.round(performance.now() - started);
    report(operations, tree, done, theirs, took);
    const templates = rewrittenTemplates(tree, theirs);
    for (const line of templates.lines) say(line);
    const refused = refusedByElixir([...changedModules(tree, done), ...templates.code]);
    for (const line of refused ?? ['no elixir is installed: what was rewritten is checked by our own grammar only'])
      say(line);
    return refused === null || refused.length === 0;
  },
};

/** A commit's Elixir files and templates. */
function treeOf(repository: string, commit: string): FileTree {
  const git = (args: readonly string[], input = '') =>
    execFileSync('git', ['-C', repository, ...args], { maxBuffer: 1 << 29, input });
  const names = git(['ls-tree', '-r', '--name-only', commit]).toString('utf8').split('\n');
  const paths = names.filter((path) => /\.(?:exs?|[lh]?eex)$/.test(path));
  const batch = git(['cat-file', '--batch'], paths.map((path) => `${commit}:${path}\n`).join(''));
  const files = new Map<string, { bytes: Buffer }>();
  let at = 0;
  for (const path of paths) {
    const header = batch.indexOf(10, at);
    const size = Number(batch.subarray(at, header).toString('utf8').split(' ').at(-1));
    files.set(path, { bytes: batch.subarray(header + 1, header + 1 + size) });
    at = header + size + 2;
  }
  return memoryTree(files);
}

/** The web module as the team had it afterwards: what gives `~p` is another step's work. */
function withWebOf(tree: FileTree, after: FileTree): FileTree {
  const file = (path: string) => {
    const text = after.read(path);
    const gives = text !== undefined && /def verified_routes/.test(text);
    return [path, { bytes: Buffer.from((gives ? text : tree.read(path)) ?? '') }] as const;
  };
  return memoryTree(new Map(tree.paths.map(file)));
}

/** Where the team has no verified routes by then, the web module gives them all the same. */
function withSigil(tree: FileTree, operations: readonly Operation[]): FileTree {
  const webs = new Set(
    operations.flatMap((one) =>
      one.kind === 'rewrite' && one.task.name === 'verified-routes' ? [one.task.web.path] : [],
    ),
  );
  const given = (path: string) => {
    const text = tree.read(path) ?? '';
    const lacks = webs.has(path) && !text.includes('def verified_routes');
    return lacks ? text.replace(/end\s*$/, 'def verified_routes do\n  quote do\n  end\nend\nend\n') : text;
  };
  return memoryTree(new Map(tree.paths.map((path) => [path, { bytes: Buffer.from(given(path)) }] as const)));
}

function operationsOf(tree: FileTree): readonly Operation[] {
  const { mends } = findCode(new SourceFiles(tree), '1.6.16', '1.8.8');
  // These rules look at nothing but the files.
  const context = { tree } as FindingContext;
  return [...mends].flatMap(([rule, operations]) => (rule.topic === 'verified-routes' ? operations(context) : []));
}

/** Modules that a rewrite changed, as they are then. */
function changedModules(tree: FileTree, done: Workspace): string[] {
  return tree.paths.flatMap((path) => {
    const text = /\.exs?$/.test(path) ? done.text(path) : undefined;
    return text === undefined || text === tree.read(path) ? [] : [text];
  });
}

function report(
  operations: readonly Operation[],
  tree: FileTree,
  done: Workspace,
  theirs: FileTree,
  took: number,
): void {
  let rewritten = 0;
  let equal = 0;
  const left = new Map<string, number>();
  const different: string[] = [];
  let kept = 0;
  for (const operation of operations) {
    if (operation.kind !== 'rewrite') continue;
    const { path, task } = operation;
    const text = tree.read(path) ?? '';
    const { places } = rewriteResult({ path, text, read: (other) => tree.read(other) }, task);
    for (const place of places) if (isLeft(place)) left.set(place.reason, (left.get(place.reason) ?? 0) + 1);
    rewritten += places.filter((place) => !isLeft(place)).length;
    const known = sigilsIn(theirs.read(path) ?? '');
    const before = new Set(sigilsIn(text));
    // Calls that the team left for another day are no other answer.
    let calls = [...(theirs.read(path) ?? '').matchAll(/_(?:path|url)\(/g)].length;
    for (const sigil of sigilsIn(done.text(path) ?? '')) {
      if (before.has(sigil)) continue;
      const at = known.indexOf(sigil);
      if (at === -1 && (calls > 0 || !theirs.has(path))) {
        kept += 1;
        calls -= 1;
      } else if (at === -1) different.push(`${path}: ${sigil}`);
      else {
        known.splice(at, 1);
        equal += 1;
      }
    }
  }
  const stays = [...left.values()].reduce((a, b) => a + b, 0);
  say(
    `routes: ${rewritten + stays} places, ${rewritten} rewritten, ${equal} equal to the team's, ${different.length} different, ${kept} not rewritten by the team, ${stays} left, ${took} ms`,
  );
  for (const [reason, count] of [...left].sort((a, b) => b[1] - a[1])) say(`  left ${count}: ${reason}`);
  for (const line of different) say(`  other than the team's: ${line}`);
}

/** The verified routes of a text, without what only looks different. */
function sigilsIn(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf('~p"'); at !== -1; at = text.indexOf('~p"', at + 1)) {
    let depth = 0;
    let end = at + 3;
    for (; end < text.length && !(depth === 0 && text[end] === '"'); end += 1) {
      if (text[end] === '{') depth += 1;
      if (text[end] === '}') depth -= 1;
    }
    found.push(plain(text.slice(at, end + 1)));
  }
  return found;
}

function plain(sigil: string): string {
  return sigil.replace(/\s+/g, '').replace(/\?#\{%\{(.*)\}\}"$/, '?#{[$1]}"');
}
